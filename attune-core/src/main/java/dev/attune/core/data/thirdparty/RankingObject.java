package dev.attune.core.data.thirdparty;

import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds rows with the keys of Attune's rankings. */
final class RankingObject {
    private final ObjectNode object = Json.strict().createObjectNode();
    private final ArrayNode completions;

    private RankingObject(JsonNode prompt) {
        object.set("prompt", prompt);
        completions = object.putArray("completions");
    }

    /** @param prompt a text or a list of messages */
    static RankingObject of(JsonNode prompt) {
        return new RankingObject(prompt);
    }

    /**
     * Adds a completion.
     *
     * @param model the name of the model that wrote it, or null
     */
    RankingObject completion(JsonNode text, @Nullable JsonNode model) {
        if (text.isString()) {
            ObjectNode completion = completions.addObject();
            completion.set("text", text);
            if (model != null && model.isString()) {
                completion.set("model", model);
            }
        } else {
            completions.add(text);
        }
        return this;
    }

    RankingObject criterion(String criterion) {
        object.put("criterion", criterion);
        return this;
    }

    /** Sets an optional key such as {@code labeler}; null leaves it out. */
    RankingObject with(String key, @Nullable JsonNode value) {
        if (value != null) {
            object.set(key, value);
        }
        return this;
    }

    RankingObject allBad() {
        object.put("all_bad", true);
        return this;
    }

    /** Two completions: the first is better if the verdict is negative, the second if it is positive; 0 is a tie. */
    ObjectNode verdict(double verdict) {
        return byScore(List.of(-verdict, verdict));
    }

    /** Highest score first; equal scores are a tie. A null was not scored. */
    ObjectNode byScore(List<? extends @Nullable Double> scores) {
        Map<Double, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < scores.size(); i++) {
            Double score = scores.get(i);
            if (score != null) {
                groups.computeIfAbsent(0 - score, key -> new ArrayList<>()).add(i);
            }
        }
        ArrayNode order = object.putArray("order");
        groups.values().forEach(group -> group.forEach(order.addArray()::add));
        return object;
    }
}
