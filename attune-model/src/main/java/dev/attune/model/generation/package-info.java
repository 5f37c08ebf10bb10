/** Sampling from language models: batches, filters, stop conditions, streaming. Independent of training. */
@NullMarked
package dev.attune.model.generation;

import org.jspecify.annotations.NullMarked;
