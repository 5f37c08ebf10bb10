package dev.attune.model.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The attention window of each layer, by the rules of each family. */
final class LayerWindows {
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private LayerWindows() {}

    static List<Integer> read(Family family, ConfigFields fields, int layers) {
        return switch (family) {
            case GPT2, GPT_NEOX, LLAMA -> uniform(layers, 0);
            case MISTRAL -> mistral(fields, layers);
            case PHI3 -> uniform(layers, fields.positive("sliding_window", 0));
            case QWEN2, QWEN3 -> qwen(fields, layers);
            case GEMMA2 -> gemma(fields, layers);
        };
    }

    private static List<Integer> mistral(ConfigFields fields, int layers) {
        int otherwise = fields.mentions("sliding_window") ? 0 : 4096;
        int window = fields.positive("sliding_window", otherwise);
        List<String> types = layerTypes(fields, layers);
        String only = window == 0 ? FULL : SLIDING;
        if (types != null && !types.stream().allMatch(only::equals)) {
            throw fields.invalid("layer_types", types.toString(), "all " + only + ", as in sliding_window");
        }
        return uniform(layers, window);
    }

    private static List<Integer> qwen(ConfigFields fields, int layers) {
        boolean sliding = fields.bool("use_sliding_window", false);
        int otherwise = fields.mentions("sliding_window") ? 0 : 4096;
        int window = sliding ? fields.positive("sliding_window", otherwise) : 0;
        List<String> types = layerTypes(fields, layers);
        if (types == null) {
            int first =
                    fields.has("max_window_layers") && isZero(fields) ? 0 : fields.positive("max_window_layers", 28);
            List<Integer> windows = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                windows.add(layer >= first ? window : 0);
            }
            return windows;
        }
        return byType(types, window, fields);
    }

    private static boolean isZero(ConfigFields fields) {
        JsonNode first = fields.get("max_window_layers");
        return first != null && first.isNumber() && first.asDouble() == 0;
    }

    private static List<Integer> gemma(ConfigFields fields, int layers) {
        int otherwise = fields.mentions("sliding_window") ? 0 : 4096;
        int window = fields.positive("sliding_window", otherwise);
        List<String> types = layerTypes(fields, layers);
        if (types == null) {
            types = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                types.add(layer % 2 == 0 ? SLIDING : FULL);
            }
        }
        return byType(types, window, fields);
    }

    private static List<Integer> byType(List<String> types, int window, ConfigFields fields) {
        if (window == 0 && types.contains(SLIDING)) {
            throw fields.invalid(
                    "layer_types", types.toString(), "only " + FULL + ", because no sliding_window is in use");
        }
        return types.stream().map(type -> type.equals(SLIDING) ? window : 0).toList();
    }

    private static @Nullable List<String> layerTypes(ConfigFields fields, int layers) {
        if (!fields.has("layer_types")) {
            return null;
        }
        List<String> types = fields.texts("layer_types");
        boolean known = types.stream().allMatch(type -> type.equals(SLIDING) || type.equals(FULL));
        if (types.size() != layers || !known) {
            throw fields.invalid("layer_types", types.toString(), layers + " entries, each " + SLIDING + " or " + FULL);
        }
        return types;
    }

    private static List<Integer> uniform(int layers, int window) {
        return Collections.nCopies(layers, window);
    }
}
