package dev.attune.model.transformer;

import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Determines whether the output projection is tied to the embedding. If {@code tie_word_embeddings} is true but the
 * file has an output projection with other values, both are used as they are, as in transformers 5.
 */
public final class TiedHead {
    private TiedHead() {}

    /** The configuration for these weights: untied if they contain another output projection. */
    public static ModelConfig settle(ModelConfig config, WeightSource weights) {
        if (!config.tied() || config.isReward()) {
            return config;
        }
        DecoderSpec spec = config.spec();
        Map<String, long[]> shapes = weights.shapes();
        String head = spec.head() + ".weight";
        String embedding = embedding(config, spec, shapes);
        if (embedding == null || !shapes.containsKey(head) || equal(weights, embedding, head)) {
            return config;
        }
        return config.untied();
    }

    private static @Nullable String embedding(ModelConfig config, DecoderSpec spec, Map<String, long[]> shapes) {
        String full = spec.embedding() + ".weight";
        String bare = full.substring(config.family().backbonePrefix().length());
        return shapes.containsKey(full) ? full : shapes.containsKey(bare) ? bare : null;
    }

    private static boolean equal(WeightSource weights, String embedding, String head) {
        long[] shape = weights.shapes().get(embedding);
        if (!Arrays.equals(shape, weights.shapes().get(head))) {
            return false;
        }
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return weights.read(embedding).sameValues(weights.read(head));
        }
    }
}
