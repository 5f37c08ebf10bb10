package dev.attune.model.transformer;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the names and shapes of a checkpoint with those that a configuration requires, before any weight is read.
 */
public final class WeightCheck {
    /** Buffers in old checkpoints that are derived from the configuration. */
    private static final Pattern DERIVED =
            Pattern.compile(".*(rotary_emb\\.inv_freq|\\.attn\\.(bias|masked_bias)|\\.attention\\.(bias|masked_bias))");

    private WeightCheck() {}

    /** The names and shapes of a model's weights, in the order of its parameters. A tied head is not among them. */
    public static Map<String, long[]> expected(ModelConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        WeightLayout.of(config).forEach(group -> shapes.putAll(group.members()));
        return shapes;
    }

    /**
     * Finds the name in the checkpoint of every weight of the model: its own name, or that without the backbone's
     * prefix, as bare backbones are saved, or for a tied embedding that of the output projection.
     *
     * @param place for error messages
     * @param found names and shapes of the checkpoint
     * @return the name in the checkpoint by the name in the model, in the order of the model's parameters
     * @throws BadInputException naming the first weight that is missing, unknown or of another shape
     */
    public static Map<String, String> match(String place, ModelConfig config, Map<String, long[]> found) {
        Map<String, long[]> expected = expected(config);
        Map<String, String> names = new LinkedHashMap<>();
        expected.forEach((name, shape) -> names.put(name, match(place, config, name, shape, found)));
        found.keySet().forEach(name -> refuseUnknown(place, config, name, expected));
        return names;
    }

    private static String match(
            String place, ModelConfig config, String name, long[] shape, Map<String, long[]> found) {
        String prefix = config.family().backbonePrefix();
        String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        String there = found.containsKey(name) ? name : bare;
        if (!found.containsKey(there) && isTiedEmbedding(config, name)) {
            there = config.spec().head() + ".weight";
        }
        long @Nullable [] actual = found.get(there);
        if (actual == null || !Arrays.equals(actual, shape)) {
            throw BadInputException.at(
                    place + ", weight " + name,
                    actual == null ? "nothing" : "shape " + Arrays.toString(actual),
                    "shape " + Arrays.toString(shape),
                    "use the weights that belong to this config.json");
        }
        return there;
    }

    /** A tied tensor may be stored only under the name of the output projection. */
    private static boolean isTiedEmbedding(ModelConfig config, String name) {
        return config.tied() && !config.isReward() && name.equals(config.spec().embedding() + ".weight");
    }

    private static void refuseUnknown(String place, ModelConfig config, String name, Map<String, long[]> expected) {
        String head = config.spec().head() + ".weight";
        boolean headIsDerived = config.tied() || config.isReward();
        boolean understood = expected.containsKey(name)
                || expected.containsKey(config.family().backbonePrefix() + name)
                || (headIsDerived && name.equals(head))
                || (!config.isReward() && name.equals(WeightLayout.SCORE))
                || DERIVED.matcher(name).matches();
        if (!understood) {
            throw BadInputException.at(
                    place + ", weight " + name,
                    "a weight that " + config.family().modelType() + " with this config.json does not have",
                    "only weights such as " + expected.keySet().iterator().next(),
                    "use the weights that belong to this config.json");
        }
    }
}
