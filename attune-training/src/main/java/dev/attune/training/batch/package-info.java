/** Token sequences on their way into a model: documents, packed rows, batches with their targets. No losses. */
@NullMarked
package dev.attune.training.batch;

import org.jspecify.annotations.NullMarked;
