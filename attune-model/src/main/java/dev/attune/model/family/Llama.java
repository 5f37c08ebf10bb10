package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;

/** Llama (arXiv 2302.13971, 2407.21783): RMS norms before each block, gated feed-forward, rotary embeddings. */
public final class Llama implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("llama", "Llama");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual().and("attention_bias", "mlp_bias");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withTokens(1, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        boolean bias = fields.bool("attention_bias", false);
        return usual.withAttention(usual.attention().withBias(bias, bias))
                .withMlp(usual.mlp().withBias(fields.bool("mlp_bias", false)));
    }
}
