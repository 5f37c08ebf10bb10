/** The rows of a run, split into training and held-out rows. */
@NullMarked
package dev.attune.training.data;

import org.jspecify.annotations.NullMarked;
