package dev.attune.model.config;

/**
 * The feed-forward block of every layer.
 *
 * @param width width of the inner layer
 * @param activation activation function of the inner layer
 * @param bias whether its projections have biases
 */
public record Mlp(int width, Activation activation, boolean bias) {}
