package dev.attune.model.family;

import dev.attune.model.config.ConfigFields;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The kind of attention of each layer ({@code layer_types}), and the windows that follow from it. */
final class LayerTypes {
    static final String SLIDING = "sliding_attention";
    static final String FULL = "full_attention";

    private LayerTypes() {}

    /** The types in the file, or null if it has none. */
    static @Nullable List<String> read(ConfigFields fields, int layers) {
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

    /** The types in the file, or sliding ones in the layers for which {@code otherwise} is true. */
    static List<String> readOr(ConfigFields fields, int layers, IntPredicate otherwise) {
        List<String> types = read(fields, layers);
        return types != null
                ? types
                : IntStream.range(0, layers)
                        .mapToObj(layer -> otherwise.test(layer) ? SLIDING : FULL)
                        .toList();
    }

    /** {@code sliding_window}; 0 if it is null; {@code otherwise} if it is absent. */
    static int window(ConfigFields fields, int otherwise) {
        return fields.positive("sliding_window", fields.mentions("sliding_window") ? 0 : otherwise);
    }

    /** {@code window} in the sliding layers, 0 in the others. */
    static List<Integer> windows(List<String> types, int window, ConfigFields fields) {
        if (window == 0 && types.contains(SLIDING)) {
            throw fields.invalid(
                    "layer_types", types.toString(), "only " + FULL + ", because no sliding_window is in use");
        }
        return types.stream().map(type -> type.equals(SLIDING) ? window : 0).toList();
    }

    static List<Integer> uniform(int layers, int window) {
        return Collections.nCopies(layers, window);
    }
}
