package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;

/**
 * OLMo 2 (arXiv 2501.00656): norms on the outputs of attention and feed-forward instead of their inputs, and over all
 * query heads and all key heads together.
 */
public final class Olmo2 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("olmo2", "Olmo2");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual().and("attention_bias");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withNormEpsilon(1e-5).withTokens(null, 50_279, 1);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        boolean bias = fields.bool("attention_bias", false);
        DecoderSpec spec = usual.spec()
                .withNorms(
                        NormKind.RMS,
                        new DecoderSpec.LayerNorms(
                                null, "post_attention_layernorm", null, "post_feedforward_layernorm"));
        return usual.withSpec(
                        spec.withAttention(spec.attention().withNorms("self_attn.q_norm", "self_attn.k_norm", true)))
                .withAttention(usual.attention().withBias(bias, bias));
    }
}
