package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec;
import dev.attune.model.config.Factors;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.NormKind;
import java.util.List;

/**
 * Gemma 2 (arXiv 2408.00118): norms before and after each block, with weights stored as their difference from 1; windows
 * in every other layer; limits on attention products and logits; embeddings multiplied by the root of the width.
 */
public final class Gemma2 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("gemma2", "Gemma2");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withActivation("hidden_activation")
                .and(
                        "attention_bias",
                        "sliding_window",
                        "query_pre_attn_scalar",
                        "attn_logit_softcapping",
                        "final_logit_softcapping",
                        "use_bidirectional_attention")
                .andPerLayer("layer_types");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withPositions(8192)
                .withKvHeads(4)
                .withHeadDim(256)
                .withActivation("gelu_pytorch_tanh")
                .withTied(true)
                .withTokens(2, 1, 0);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        List<String> types = LayerTypes.readOr(fields, usual.layers(), layer -> layer % 2 == 0);
        Architecture gemma = gemma(usual, fields);
        return gemma.withAttention(gemma.attention()
                        .withSoftcap(fields.positiveUnlessNull("attn_logit_softcapping", 50))
                        .withWindows(LayerTypes.windows(types, LayerTypes.window(fields, 4096), fields)))
                .withLogitSoftcap(fields.positiveUnlessNull("final_logit_softcapping", 30));
    }

    /** What all Gemmas from the second on share. */
    static Architecture gemma(Architecture usual, ConfigFields fields) {
        fields.refuseIfTrue("use_bidirectional_attention");
        boolean bias = fields.bool("attention_bias", false);
        double scale = 1 / Math.sqrt(fields.positiveNumber("query_pre_attn_scalar", 256));
        float embedding = (float) Math.sqrt(fields.positive("hidden_size"));
        var norms = new DecoderSpec.LayerNorms(
                "input_layernorm",
                "post_attention_layernorm",
                "pre_feedforward_layernorm",
                "post_feedforward_layernorm");
        return usual.withSpec(usual.spec().withNorms(NormKind.RMS_PLUS_ONE, norms))
                .withAttention(usual.attention().withBias(bias, bias).withScale(scale))
                .withFactors(Factors.NONE.withEmbedding(embedding));
    }
}
