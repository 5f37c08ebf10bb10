/** What {@code attune doctor} looks at: one finding per fact, with what to do where something is wrong. */
@NullMarked
package dev.attune.cli.doctor;

import org.jspecify.annotations.NullMarked;
