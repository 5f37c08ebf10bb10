/** Token sequences as model input: documents, packed rows, batches with their targets. Without losses. */
@NullMarked
package dev.attune.training.batch;

import org.jspecify.annotations.NullMarked;
