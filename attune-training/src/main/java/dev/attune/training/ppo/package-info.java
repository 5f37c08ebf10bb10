/** Proximal policy optimisation: rollouts, scores and advantages, updates. Other methods have their own packages. */
@NullMarked
package dev.attune.training.ppo;

import org.jspecify.annotations.NullMarked;
