/** Reads run directories, whatever method wrote them. Writing them belongs to {@code dev.attune.training.run}. */
@NullMarked
package dev.attune.cli.runs;

import org.jspecify.annotations.NullMarked;
