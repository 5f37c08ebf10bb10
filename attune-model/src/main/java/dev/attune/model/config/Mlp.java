package dev.attune.model.config;

import org.jspecify.annotations.Nullable;

/**
 * The feed-forward blocks.
 *
 * @param width width of the inner layer
 * @param activation activation function of the inner layer, also that of experts
 * @param bias whether its projections have biases
 * @param experts experts that replace the feed-forward block in some or all layers, or null
 */
public record Mlp(
        int width,
        Activation activation,
        boolean bias,
        @Nullable Experts experts) {
    public Mlp withBias(boolean value) {
        return new Mlp(width, activation, value, experts);
    }

    public Mlp withExperts(Experts value) {
        return new Mlp(width, activation, bias, value);
    }

    /** Whether layer {@code layer} (from 0) has experts. */
    public boolean hasExperts(int layer) {
        return experts != null && experts.in(layer);
    }
}
