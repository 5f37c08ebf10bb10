/** Rewards of the steps of a solution: finding steps in token ids, labels, aggregation. No models. */
@NullMarked
package dev.attune.core.reward.steps;

import org.jspecify.annotations.NullMarked;
