package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.RopeRules;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Phi-3, Phi-3.5 and Phi-4 (arXiv 2404.14219): Llama with one projection for queries, keys and values, one for gate and
 * up, and rotary embeddings by LongRoPE.
 */
public final class Phi3 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("phi3", "Phi3");
    }

    @Override
    public FamilyKeys keys() {
        // Older files of this family call longrope "su" or "yarn".
        RopeRules rope = RopeRules.usual()
                .withPart("partial_rotary_factor", 1)
                .withTypes(Set.of("default", "longrope"), Map.of("su", "longrope", "yarn", "longrope"))
                .withOriginalPositions(4096);
        return FamilyKeys.usual().withRope(rope).and("sliding_window", "interpolate_factor", "full_attn_mod");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(4096).withNormEpsilon(1e-5).withTokens(1, 32_000, 32_000);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        DecoderSpec spec = usual.spec()
                .withAttention(new DecoderSpec.AttentionWeights(
                        List.of("self_attn.qkv_proj"), false, "self_attn.o_proj", null))
                .withMlp(new DecoderSpec.MlpWeights(List.of("mlp.gate_up_proj"), true, "mlp.down_proj"));
        int window = fields.positive("sliding_window", 0);
        return usual.withSpec(spec)
                .withAttention(usual.attention().withWindows(LayerTypes.uniform(usual.layers(), window)));
    }
}
