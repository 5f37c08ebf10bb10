/** REINFORCE leave-one-out: recipe, settings, and how they compose the on-policy core. */
@NullMarked
package dev.attune.training.rloo;

import org.jspecify.annotations.NullMarked;
