package dev.attune.training.trl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row, or the settings, of a trajectory: values by TRL's names. Every getter but the optional ones needs the key. */
public record Fields(JsonNode json) {
    /** Token ids, or a mask. */
    public int[] ints(String key) {
        return json.required(key).valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    public boolean flag(String key) {
        return json.required(key).asBoolean();
    }

    public double number(String key) {
        return json.required(key).asDouble();
    }

    /** Null if the key is missing or null. */
    public @Nullable Double optionalNumber(String key) {
        return json.hasNonNull(key) ? Double.valueOf(json.get(key).asDouble()) : null;
    }

    public List<Double> numbers(String key) {
        return json.required(key).valueStream().map(JsonNode::asDouble).toList();
    }

    public int integer(String key) {
        return json.required(key).asInt();
    }

    public String text(String key) {
        return json.required(key).asString();
    }

    public List<String> texts(String key) {
        return json.required(key).valueStream().map(JsonNode::asString).toList();
    }

    public boolean has(String key) {
        return json.hasNonNull(key);
    }
}
