/**
 * The core of on-policy methods: rollouts on prompts or in an environment, their scores and log-probabilities, advantages,
 * critics, updates. Each method composes these parts in its own package; none is known by name here.
 */
@NullMarked
package dev.attune.training.onpolicy;

import org.jspecify.annotations.NullMarked;
