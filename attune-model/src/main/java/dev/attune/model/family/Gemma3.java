package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemma 3, text only (arXiv 2503.19786): Gemma 2 with norms over each query and key head instead of limits on attention
 * products, and five sliding layers to one full layer, which have different rotary embeddings.
 */
public final class Gemma3 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("gemma3_text", "Gemma3").withReward("Gemma3TextForSequenceClassification");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withActivation("hidden_activation")
                .withRope(null)
                .and(Gemma3Ropes.KEYS)
                .and(
                        "attention_bias",
                        "sliding_window",
                        "sliding_window_pattern",
                        "_sliding_window_pattern",
                        "query_pre_attn_scalar",
                        "final_logit_softcapping",
                        "use_bidirectional_attention")
                .andPerLayer("layer_types");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withPositions(131_072)
                .withKvHeads(4)
                .withHeadDim(256)
                .withActivation("gelu_pytorch_tanh")
                .withTied(true)
                .withTokens(2, 1, 0);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        int pattern = fields.positive("sliding_window_pattern", fields.positive("_sliding_window_pattern", 6));
        List<String> types = LayerTypes.readOr(fields, usual.layers(), layer -> (layer + 1) % pattern != 0);
        int positions = fields.positive(keys().positions(), defaults().positions());
        Architecture gemma = Gemma2.gemma(usual, fields);
        return gemma.withSpec(Qwen3.withHeadNorms(gemma.spec()))
                .withAttention(gemma.attention()
                        .withWindows(LayerTypes.windows(types, LayerTypes.window(fields, 4096), fields)))
                .withRopes(new Gemma3Ropes(fields, positions)
                        .read(types, usual.attention().headDim()))
                .withLogitSoftcap(softcap(fields));
    }

    private static @Nullable Double softcap(ConfigFields fields) {
        String key = "final_logit_softcapping";
        return fields.has(key) ? fields.positiveUnlessNull(key, 1) : null;
    }

    @Override
    public void addOlderKeys(ObjectNode config) {
        Gemma3Ropes.addOlderKeys(config);
    }
}
