package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Factors;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;

/**
 * Granite 3: Llama with constant factors on embeddings, attention products, both branches of a layer and logits (the
 * parametrisation of arXiv 2203.03466).
 */
public final class Granite implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("granite", "Granite");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .and(
                        "attention_bias",
                        "mlp_bias",
                        "embedding_multiplier",
                        "attention_multiplier",
                        "residual_multiplier",
                        "logits_scaling");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withTokens(1, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        boolean bias = fields.bool("attention_bias", false);
        return usual.withAttention(usual.attention()
                        .withBias(bias, bias)
                        .withScale(fields.positiveNumber("attention_multiplier", 1)))
                .withMlp(usual.mlp().withBias(fields.bool("mlp_bias", false)))
                .withFactors(new Factors(
                        fields.positiveNumber("embedding_multiplier", 1),
                        fields.positiveNumber("residual_multiplier", 1),
                        fields.positiveNumber("logits_scaling", 1)));
    }
}
