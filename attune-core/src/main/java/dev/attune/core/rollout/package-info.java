/** Rollouts as runs record them, in numbers and text. Generating them belongs to attune-training. */
@NullMarked
package dev.attune.core.rollout;

import org.jspecify.annotations.NullMarked;
