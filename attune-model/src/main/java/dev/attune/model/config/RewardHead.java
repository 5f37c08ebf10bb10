package dev.attune.model.config;

/**
 * Says that the model scores instead of predicting tokens: one label per sequence.
 *
 * @param bias added to every score ({@code reward_bias} in config.json; 0 where absent)
 * @param pooling which hidden states the head reads ({@code reward_pooling} in config.json; last where absent)
 */
public record RewardHead(double bias, RewardPooling pooling) {}
