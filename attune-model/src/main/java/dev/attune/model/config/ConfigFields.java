package dev.attune.model.config;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads typed values of a JSON object of config.json; errors name the file and the key. */
public final class ConfigFields {
    private static final int MAX_INTEGER = 1 << 30;

    private final String place;
    private final ObjectNode json;

    ConfigFields(String place, ObjectNode json) {
        this.place = place;
        this.json = json;
    }

    /** The object itself. */
    public ObjectNode json() {
        return json;
    }

    /** Whether the key is present and not null. */
    public boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** Whether the key is present, even as null. */
    public boolean mentions(String key) {
        return json.has(key);
    }

    /** The value, or null if the key is absent or null. */
    public @Nullable JsonNode get(String key) {
        JsonNode node = json.get(key);
        return node == null || node.isNull() ? null : node;
    }

    /** The keys of the object. */
    public Set<String> keys() {
        return Set.copyOf(json.propertyNames());
    }

    /** A whole number from 1 on; the key is required. */
    public int positive(String key) {
        JsonNode node = get(key);
        if (node == null) {
            throw invalid(key, "nothing", "a positive whole number");
        }
        return positive(key, node);
    }

    /** A whole number from 1 on, or {@code otherwise} if the key is absent or null. */
    public int positive(String key, int otherwise) {
        JsonNode node = get(key);
        return node == null ? otherwise : positive(key, node);
    }

    private int positive(String key, JsonNode node) {
        double value = node.isNumber() ? node.asDouble() : Double.NaN;
        if (value != Math.rint(value) || value < 1 || value > MAX_INTEGER) {
            throw invalid(key, shown(node), "a whole number from 1 to " + MAX_INTEGER);
        }
        return (int) value;
    }

    /** A finite number, or {@code otherwise} if the key is absent or null. */
    public double number(String key, double otherwise) {
        Double value = optionalNumber(key);
        return value == null ? otherwise : value;
    }

    /** A finite number; the key is required. */
    public double number(String key) {
        Double value = optionalNumber(key);
        if (value == null) {
            throw invalid(key, "nothing", "a number");
        }
        return value;
    }

    /** A number above 0, or {@code otherwise} if the key is absent or null. */
    public double positiveNumber(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value > 0)) {
            throw invalid(key, Double.toString(value), "a number above 0");
        }
        return value;
    }

    /** A number above 0; null if the key is null, {@code otherwise} if it is absent. */
    public @Nullable Double positiveUnlessNull(String key, double otherwise) {
        return mentions(key) && !has(key) ? null : Double.valueOf(positiveNumber(key, otherwise));
    }

    /** A finite number, or null if the key is absent or null. */
    public @Nullable Double optionalNumber(String key) {
        JsonNode node = get(key);
        if (node == null) {
            return null;
        }
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw invalid(key, shown(node), "a finite number");
        }
        return node.asDouble();
    }

    /** True or false, or {@code otherwise} if the key is absent or null. */
    public boolean bool(String key, boolean otherwise) {
        JsonNode node = get(key);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            throw invalid(key, shown(node), "true or false");
        }
        return node.asBoolean();
    }

    /** A string, or null if the key is absent or null. */
    public @Nullable String text(String key) {
        JsonNode node = get(key);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw invalid(key, shown(node), "a string");
        }
        return node.stringValue();
    }

    /** A list of strings; empty if the key is absent or null. */
    public List<String> texts(String key) {
        return list(key, "a list of strings", JsonNode::isString).stream()
                .map(JsonNode::stringValue)
                .toList();
    }

    /** A list of numbers; empty if the key is absent or null. */
    public List<Double> numbers(String key) {
        return list(key, "a list of numbers", JsonNode::isNumber).stream()
                .map(JsonNode::asDouble)
                .toList();
    }

    private List<JsonNode> list(String key, String expected, java.util.function.Predicate<JsonNode> fits) {
        JsonNode node = get(key);
        if (node == null) {
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        }
        if (!node.isArray() || !items.stream().allMatch(fits)) {
            throw invalid(key, shown(node), expected);
        }
        return items;
    }

    /** An object, or null if the key is absent or null. */
    public @Nullable ConfigFields object(String key) {
        JsonNode node = get(key);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode child)) {
            throw invalid(key, shown(node), "an object");
        }
        return child(key, child);
    }

    /**
     * Refuses a switch that the family does not support.
     *
     * @throws BadInputException if the key is true
     */
    public void refuseIfTrue(String key) {
        if (bool(key, false)) {
            throw invalid(key, "true", "false");
        }
    }

    /** Fields of another object that is described as the value of {@code key}. */
    public ConfigFields child(String key, ObjectNode value) {
        return new ConfigFields(place + ", key " + key, value);
    }

    /** The error for a value that is not supported. */
    public BadInputException invalid(String key, String found, String expected) {
        return BadInputException.at(
                place + ", key " + key, found, expected, "correct the file or use a model that Attune supports");
    }

    /** A value for error messages, at most 80 characters. */
    public static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
