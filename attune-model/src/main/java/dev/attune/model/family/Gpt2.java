package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.Attention;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;
import java.util.List;
import java.util.Set;

/** GPT-2: learned positions, layer norms, biases everywhere, matrices stored input-first. */
public final class Gpt2 implements Family {
    @Override
    public FamilyNames names() {
        return new FamilyNames("gpt2", "GPT2LMHeadModel", "GPT2ForSequenceClassification", "transformer.");
    }

    @Override
    public FamilyKeys keys() {
        return new FamilyKeys(
                "n_embd",
                "n_layer",
                "n_head",
                null,
                "n_positions",
                "n_inner",
                "activation_function",
                "layer_norm_epsilon",
                null,
                Set.of("scale_attn_weights", "scale_attn_by_inverse_layer_idx", "add_cross_attention"),
                Set.of());
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withPositions(1024)
                .withMlpRatio(4)
                .withActivation("gelu_new")
                .withNormEpsilon(1e-5)
                .withTied(true)
                .withTokens(50_256, 50_256, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        fields.refuseIfTrue("add_cross_attention");
        Attention attention = usual.attention()
                .withBias(true, true)
                .withScaleByLayer(fields.bool("scale_attn_by_inverse_layer_idx", false));
        boolean scaled = fields.bool("scale_attn_weights", true);
        return usual.withSpec(spec())
                .withAttention(scaled ? attention : attention.withScale(1))
                .withMlp(usual.mlp().withBias(true));
    }

    private static DecoderSpec spec() {
        return new DecoderSpec(
                "transformer.wte",
                "transformer.wpe",
                "transformer.h.",
                NormKind.LAYER,
                new DecoderSpec.LayerNorms("ln_1", null, "ln_2", null),
                false,
                new DecoderSpec.AttentionWeights(List.of("attn.c_attn"), false, "attn.c_proj", null),
                new DecoderSpec.MlpWeights(List.of("mlp.c_fc"), false, "mlp.c_proj"),
                null,
                "transformer.ln_f",
                "lm_head",
                false,
                true);
    }
}
