/** This program as a process: its version, its memory use, and the start of another one. */
@NullMarked
package dev.attune.cli.process;

import org.jspecify.annotations.NullMarked;
