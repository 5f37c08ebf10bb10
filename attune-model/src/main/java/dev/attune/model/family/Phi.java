package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.DecoderSpec.AttentionWeights;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;
import dev.attune.model.config.RopeRules;
import java.util.List;

/**
 * Phi-1, Phi-1.5 and Phi-2 (arXiv 2306.11644, 2309.05463): attention and feed-forward read the same normalised input,
 * layer norms, biases everywhere including the output projection, half of each head rotated.
 */
public final class Phi implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("phi", "Phi");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withNormEpsilon("layer_norm_eps")
                .withRope(RopeRules.usual().withPart("partial_rotary_factor", 0.5))
                .and("qk_layernorm");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withActivation("gelu_new")
                .withNormEpsilon(1e-5)
                .withTokens(1, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        AttentionWeights attention =
                new AttentionWeights(usual.spec().attention().queryKeyValue(), false, "self_attn.dense", null);
        DecoderSpec spec = usual.spec()
                .withNorms(NormKind.LAYER, new DecoderSpec.LayerNorms("input_layernorm", null, null, null))
                .withParallel(true)
                .withAttention(
                        fields.bool("qk_layernorm", false)
                                ? attention.withNorms("self_attn.q_layernorm", "self_attn.k_layernorm", false)
                                : attention)
                .withMlp(new DecoderSpec.MlpWeights(List.of("mlp.fc1"), false, "mlp.fc2"))
                .withOutput("model.final_layernorm", "lm_head", true);
        return usual.withSpec(spec)
                .withAttention(usual.attention().withBias(true, true))
                .withMlp(usual.mlp().withBias(true));
    }
}
