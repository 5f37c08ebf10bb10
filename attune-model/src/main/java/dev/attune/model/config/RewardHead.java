package dev.attune.model.config;

/**
 * Says that the model scores instead of predicting tokens: one label, read at the last real token.
 *
 * @param bias added to every score ({@code reward_bias} in config.json; 0 where absent)
 */
public record RewardHead(double bias) {}
