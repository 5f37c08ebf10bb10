package dev.attune.model.config;

/**
 * The head of a reward model: one score per sequence.
 *
 * @param bias added to every score ({@code reward_bias} in config.json; 0 if absent)
 * @param pooling which hidden states the head reads ({@code reward_pooling} in config.json; last if absent)
 */
public record RewardHead(double bias, RewardPooling pooling) {}
