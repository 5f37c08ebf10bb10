package dev.attune.model.config;

import java.util.List;

/**
 * A mixture of experts in place of the feed-forward block: each token is computed by the {@code perToken} experts with
 * the highest router probabilities, and their outputs are added with these probabilities as weights (arXiv 1701.06538,
 * 2401.04088). The router's noise of pretraining is left out, like dropout.
 *
 * @param count number of experts in a layer
 * @param perToken number of experts per token, at most {@code count}
 * @param width inner width of an expert
 * @param normalized whether the chosen probabilities are divided by their sum
 * @param balance factor of the balance loss (arXiv 2101.03961) in transformers, 0 unless {@code output_router_logits} is
 *     true; it changes no logit, and Attune's losses do not include it
 * @param layers an entry per layer: whether it has experts instead of one feed-forward block
 */
public record Experts(int count, int perToken, int width, boolean normalized, double balance, List<Boolean> layers) {
    public Experts {
        layers = List.copyOf(layers);
    }

    /** Whether layer {@code layer} (from 0) has experts. */
    public boolean in(int layer) {
        return layers.get(layer);
    }
}
