package dev.attune.model.config;

import org.jspecify.annotations.Nullable;

/**
 * The head of a reward model: one score per sequence, or one per step.
 *
 * @param bias added to every score ({@code reward_bias} in config.json; 0 if absent)
 * @param pooling which hidden states the head reads ({@code reward_pooling} in config.json; last if absent)
 * @param steps how a process reward model reads steps; null for a reward model of whole completions
 */
public record RewardHead(
        double bias, RewardPooling pooling, @Nullable StepReading steps) {}
