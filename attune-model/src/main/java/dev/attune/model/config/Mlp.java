package dev.attune.model.config;

/**
 * The feed-forward block of every layer.
 *
 * @param width width of the inner layer
 * @param activation what the inner layer applies
 * @param bias whether its projections have biases
 */
public record Mlp(int width, Activation activation, boolean bias) {}
