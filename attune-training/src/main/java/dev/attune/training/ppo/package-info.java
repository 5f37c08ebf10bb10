/** Proximal policy optimisation: its recipe, its loss, and how it composes the on-policy core. */
@NullMarked
package dev.attune.training.ppo;

import org.jspecify.annotations.NullMarked;
