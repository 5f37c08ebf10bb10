/**
 * The {@code attune} command: one class per subcommand, thin over the other modules. What a subcommand needs beyond
 * wiring lives in the packages below this one; no algorithm of training or of models belongs here.
 */
@NullMarked
package dev.attune.cli;

import org.jspecify.annotations.NullMarked;
