/** REINFORCE++: recipe, settings, and how they compose the on-policy core. */
@NullMarked
package dev.attune.training.reinforce;

import org.jspecify.annotations.NullMarked;
