package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;
import dev.attune.model.config.RopeRules;
import java.util.List;

/**
 * GPT-NeoX and Pythia (arXiv 2204.06745): attention and feed-forward in parallel, layer norms, a quarter of each head
 * rotated, queries, keys and values in one projection, head by head.
 */
public final class GptNeoX implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("gpt_neox", "GPTNeoX").withBackbonePrefix("gpt_neox.");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withKvHeads(null)
                .withNormEpsilon("layer_norm_eps")
                .withRope(RopeRules.usual().withTheta("rotary_emb_base", 10_000).withPart("rotary_pct", 0.25))
                .and("use_parallel_residual", "attention_bias");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withActivation("gelu")
                .withNormEpsilon(1e-5)
                .withTokens(0, 2, null);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        boolean bias = fields.bool("attention_bias", true);
        DecoderSpec spec = new DecoderSpec(
                "gpt_neox.embed_in",
                null,
                "gpt_neox.layers.",
                NormKind.LAYER,
                usual.spec().norms(),
                fields.bool("use_parallel_residual", true),
                new DecoderSpec.AttentionWeights(List.of("attention.query_key_value"), true, "attention.dense", null),
                new DecoderSpec.MlpWeights(List.of("mlp.dense_h_to_4h"), false, "mlp.dense_4h_to_h"),
                null,
                "gpt_neox.final_layer_norm",
                "embed_out",
                false,
                false);
        return usual.withSpec(spec)
                .withAttention(usual.attention().withBias(bias, bias))
                .withMlp(usual.mlp().withBias(true));
    }
}
