package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;

/** Qwen3 (arXiv 2505.09388): RMS norms over each query and key head. */
public final class Qwen3 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("qwen3", "Qwen3");
    }

    @Override
    public FamilyKeys keys() {
        return Qwen2.windowKeys().and("attention_bias");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(32_768).withKvHeads(32).withHeadDim(128);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        boolean bias = fields.bool("attention_bias", false);
        return usual.withSpec(withHeadNorms(usual.spec()))
                .withAttention(
                        usual.attention().withBias(bias, bias).withWindows(Qwen2.windows(fields, usual.layers())));
    }

    /** Norms over each head of width {@code head_dim}. */
    static DecoderSpec withHeadNorms(DecoderSpec spec) {
        return spec.withAttention(spec.attention().withNorms("self_attn.q_norm", "self_attn.k_norm", false));
    }
}
