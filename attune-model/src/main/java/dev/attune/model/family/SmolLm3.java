package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import dev.attune.model.config.LayerRopes;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * SmolLM3: Llama with rotary embeddings in only some layers, by default in three of four (arXiv 2501.18795). In {@code
 * no_rope_layers} 1 means that the layer rotates, 0 that it does not.
 */
public final class SmolLm3 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("smollm3", "SmolLM3");
    }

    @Override
    public FamilyKeys keys() {
        return FamilyKeys.usual()
                .withRope(RopeRules.usual().withTheta("rope_theta", 2_000_000))
                .and(
                        "attention_bias",
                        "mlp_bias",
                        "no_rope_layer_interval",
                        "sliding_window",
                        "use_sliding_window",
                        "max_window_layers")
                .andPerLayer("no_rope_layers", "layer_types");
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual()
                .withPositions(32_768)
                .withKvHeads(4)
                .withTied(true)
                .withTokens(128_000, 128_001, 128_004);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        int layers = usual.layers();
        List<Boolean> rotated = rotated(fields, layers);
        int window = fields.bool("use_sliding_window", false) ? LayerTypes.window(fields, 0) : 0;
        List<String> types = LayerTypes.readOr(fields, layers, layer -> window > 0 && !rotated.get(layer));
        boolean bias = fields.bool("attention_bias", false);
        return usual.withAttention(
                        usual.attention().withBias(bias, bias).withWindows(LayerTypes.windows(types, window, fields)))
                .withMlp(usual.mlp().withBias(fields.bool("mlp_bias", false)))
                .withRopes(only(rotated, usual.ropes()));
    }

    private static List<Boolean> rotated(ConfigFields fields, int layers) {
        String key = "no_rope_layers";
        if (!fields.has(key)) {
            int interval = fields.positive("no_rope_layer_interval", 4);
            return IntStream.range(0, layers)
                    .mapToObj(layer -> (layer + 1) % interval != 0)
                    .toList();
        }
        List<Double> flags = fields.numbers(key);
        if (flags.size() < layers || !flags.stream().allMatch(flag -> flag == 0 || flag == 1)) {
            throw fields.invalid(key, flags.toString(), "at least " + layers + " entries, each 0 or 1");
        }
        return flags.stream().limit(layers).map(flag -> flag == 1).toList();
    }

    private static LayerRopes only(List<Boolean> rotated, LayerRopes all) {
        return new LayerRopes(IntStream.range(0, rotated.size())
                .mapToObj(layer -> rotated.get(layer) ? all.byLayer().get(layer) : Optional.<Rope>empty())
                .toList());
    }
}
