package dev.attune.model.transformer;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the output projection is the embedding. A configuration may say so ({@code tie_word_embeddings}) while the file
 * holds an output projection with other values; then both are kept apart, as transformers 5 does.
 */
final class TiedHead {
    private TiedHead() {}

    /** The configuration of the model that these weights are: untied if they hold another output projection. */
    static ModelConfig settle(ModelConfig config, WeightSource weights) {
        if (!config.tied() || config.isReward()) {
            return config;
        }
        DecoderSpec spec = DecoderSpec.of(config.family());
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
