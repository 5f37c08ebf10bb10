package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.DecoderSpec.ExpertWeights;
import dev.attune.model.config.Experts;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Qwen3-MoE (arXiv 2505.09388): Qwen3 with experts in all layers but those that config.json excludes. */
public final class Qwen3Moe implements Family {
    private static final ExpertWeights WEIGHTS =
            new ExpertWeights("mlp.gate", "mlp.experts.", "gate_proj", "up_proj", "down_proj");

    @Override
    public FamilyNames names() {
        return FamilyNames.usual("qwen3_moe", "Qwen3Moe");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .and(ExpertKeys.ALL)
                .and(
                        "attention_bias",
                        "sliding_window",
                        "use_sliding_window",
                        "max_window_layers",
                        "moe_intermediate_size",
                        "decoder_sparse_step",
                        "mlp_only_layers",
                        "norm_topk_prob");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(32_768).withKvHeads(4);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        int layers = usual.layers();
        int count = ExpertKeys.count(fields, 128);
        Experts experts = new Experts(
                count,
                ExpertKeys.perToken(fields, 8, count),
                fields.positive("moe_intermediate_size", 768),
                fields.bool("norm_topk_prob", false),
                ExpertKeys.balance(fields),
                sparse(fields, layers));
        boolean bias = fields.bool("attention_bias", false);
        // Unlike in Qwen3, a window applies to all layers; max_window_layers has no effect.
        int window = fields.bool("use_sliding_window", false) ? LayerTypes.window(fields, 4096) : 0;
        return usual.withSpec(Qwen3.withHeadNorms(usual.spec()).withExperts(WEIGHTS))
                .withAttention(usual.attention().withBias(bias, bias).withWindows(LayerTypes.uniform(layers, window)))
                .withMlp(usual.mlp().withExperts(experts));
    }

    private static List<Boolean> sparse(ConfigFields fields, int layers) {
        int step = fields.positive("decoder_sparse_step", 1);
        List<Double> dense = fields.numbers("mlp_only_layers");
        return IntStream.range(0, layers)
                .mapToObj(layer -> !dense.contains((double) layer) && (layer + 1) % step == 0)
                .toList();
    }

    @Override
    public void addOlderKeys(ObjectNode config) {
        Family.super.addOlderKeys(config);
        ExpertKeys.addOlderCount(config);
    }
}
