/** Models that the studio has open, each at work for one caller at a time. What computes them comes from outside. */
@NullMarked
package dev.attune.studio.models;

import org.jspecify.annotations.NullMarked;
