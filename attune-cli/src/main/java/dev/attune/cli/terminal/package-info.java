/** Terminal output: aligned tables, progress with rate and time left. */
@NullMarked
package dev.attune.cli.terminal;

import org.jspecify.annotations.NullMarked;
