/** Reads run directories of every method. Writing them belongs to {@code dev.attune.training.run}. */
@NullMarked
package dev.attune.core.run;

import org.jspecify.annotations.NullMarked;
