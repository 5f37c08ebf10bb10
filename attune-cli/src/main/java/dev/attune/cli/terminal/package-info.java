/** How things look in a terminal: aligned tables, progress with rate and time left. Nothing here knows what it shows. */
@NullMarked
package dev.attune.cli.terminal;

import org.jspecify.annotations.NullMarked;
