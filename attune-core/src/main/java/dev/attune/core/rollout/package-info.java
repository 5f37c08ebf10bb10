/** Rollouts as runs record them, in numbers and text. How they come about belongs to attune-training. */
@NullMarked
package dev.attune.core.rollout;

import org.jspecify.annotations.NullMarked;
