package dev.attune.model.family;

import dev.attune.model.config.Architecture;
import dev.attune.model.config.ConfigFields;
import dev.attune.model.config.Family;
import dev.attune.model.config.FamilyDefaults;
import dev.attune.model.config.FamilyKeys;
import dev.attune.model.config.FamilyNames;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Qwen2 and Qwen2.5 (arXiv 2407.10671): Llama with biases on queries, keys and values. */
public final class Qwen2 implements Family {
    @Override
    public FamilyNames names() {
        return FamilyNames.usual("qwen2", "Qwen2");
    }

    @Override
    public FamilyKeys keys() {
        return windowKeys();
    }

    @Override
    public FamilyDefaults defaults() {
        return FamilyDefaults.usual().withPositions(32_768).withKvHeads(32);
    }

    @Override
    public Architecture describe(Architecture usual, ConfigFields fields) {
        return usual.withAttention(
                usual.attention().withBias(true, false).withWindows(windows(fields, usual.layers())));
    }

    static FamilyKeys windowKeys() {
        return FamilyKeys.usual()
                .and("sliding_window", "use_sliding_window", "max_window_layers")
                .andPerLayer("layer_types");
    }

    /** Windows from layer {@code max_window_layers} on, if {@code use_sliding_window} is true. */
    static List<Integer> windows(ConfigFields fields, int layers) {
        boolean sliding = fields.bool("use_sliding_window", false);
        int window = sliding ? LayerTypes.window(fields, 4096) : 0;
        if (fields.has("layer_types")) {
            return LayerTypes.windows(LayerTypes.readOr(fields, layers, layer -> false), window, fields);
        }
        int first = isZero(fields) ? 0 : fields.positive("max_window_layers", 28);
        return IntStream.range(0, layers)
                .mapToObj(layer -> layer >= first ? window : 0)
                .toList();
    }

    private static boolean isZero(ConfigFields fields) {
        JsonNode first = fields.json().path("max_window_layers");
        return first.isNumber() && first.asDouble() == 0;
    }
}
