package dev.attune.training;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.transformer.CausalLm;

/** Small fresh models for tests. */
public final class TinyModels {
    public static final int VOCABULARY = 23;
    public static final int END = 3;

    private TinyModels() {}

    public static ModelConfig config() {
        return ModelConfig.llama()
                .vocabularySize(VOCABULARY)
                .width(16)
                .mlpWidth(24)
                .layers(2)
                .heads(2)
                .kvHeads(2)
                .maxPositions(64)
                .tied(true)
                .tokens(null, END, 0)
                .build();
    }

    public static CausalLm causal(long seed) {
        return CausalLm.create(config(), seed);
    }
}
