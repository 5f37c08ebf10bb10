/** The checks of {@code attune doctor}: one finding each, with a remedy if something is wrong. */
@NullMarked
package dev.attune.cli.doctor;

import org.jspecify.annotations.NullMarked;
