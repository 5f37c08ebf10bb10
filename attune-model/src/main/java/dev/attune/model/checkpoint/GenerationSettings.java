package dev.attune.model.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of generation_config.json that have no effect in transformers: those of sampling without {@code
 * do_sample}, those of beam search with one beam, extra outputs that are not returned. Transformers reads them with a
 * warning, but refuses to save a model that has them.
 */
final class GenerationSettings {
    /** Settings of sampling, with their neutral values. */
    private static final Map<String, Double> SAMPLING = Map.of(
            "temperature", 1.0,
            "top_p", 1.0,
            "top_k", 50.0,
            "typical_p", 1.0,
            "epsilon_cutoff", 0.0,
            "eta_cutoff", 0.0);

    /** Settings of sampling without a neutral value. */
    private static final Set<String> FILTERS = Set.of("min_p", "top_h");

    private static final Set<String> OUTPUTS =
            Set.of("output_scores", "output_logits", "output_attentions", "output_hidden_states");

    private final ObjectNode json;
    private final boolean samples;
    private final boolean beams;

    private GenerationSettings(ObjectNode json) {
        this.json = json;
        this.samples = isTrue("do_sample");
        this.beams = json.path("num_beams").asDouble(1) > 1;
    }

    /** Removes settings without effect, and returns whether there were any. */
    static boolean removeUnused(ObjectNode json) {
        GenerationSettings settings = new GenerationSettings(json);
        List<String> unused = json.properties().stream()
                .filter(entry -> !entry.getValue().isNull() && settings.isUnused(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        json.remove(unused);
        return !unused.isEmpty();
    }

    private boolean isUnused(String key, JsonNode value) {
        if (!samples && (FILTERS.contains(key) || differs(value, SAMPLING.get(key)))) {
            return true;
        }
        return switch (key) {
            case "early_stopping" -> !beams && !(value.isBoolean() && !value.asBoolean());
            case "length_penalty" -> !beams && differs(value, 1.0);
            case "num_return_sequences" -> !samples && !beams && differs(value, 1.0);
            case "max_new_tokens", "max_length" -> value.asDouble(1) <= 0;
            case "pad_token_id" -> value.asDouble(0) < 0;
            case "cache_implementation" -> json.has("use_cache") && !isTrue("use_cache");
            default -> OUTPUTS.contains(key) && isTrue(key) && !isTrue("return_dict_in_generate");
        };
    }

    private static boolean differs(JsonNode value, @Nullable Double neutral) {
        return neutral != null && value.asDouble(Double.NaN) != neutral;
    }

    private boolean isTrue(String key) {
        return json.path(key).asBoolean(false);
    }
}
