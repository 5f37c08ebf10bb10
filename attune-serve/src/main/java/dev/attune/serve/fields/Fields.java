package dev.attune.serve.fields;

import dev.attune.serve.error.ApiException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a JSON object in a request. An explicit null counts as absent. */
public final class Fields {
    private final ObjectNode node;
    private final String path;
    private final @Nullable String param;

    private Fields(ObjectNode node, String path, @Nullable String param) {
        this.node = node;
        this.path = path;
        this.param = param;
    }

    /** The top level of a request. */
    public static Fields top(ObjectNode node) {
        return new Fields(node, "", null);
    }

    /**
     * An object inside a request.
     *
     * @param path names it in messages
     */
    public static Fields at(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, path, null);
        }
        throw ApiException.invalid(path, path + ": found " + Found.of(node) + ", expected an object");
    }

    /** The same fields; errors give this name as {@code param}, whatever is wrong inside. */
    public Fields named(String name) {
        return new Fields(node, path, name);
    }

    /** The names of all fields that are not null. */
    public List<String> names() {
        return node.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The object itself. */
    public ObjectNode node() {
        return node;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    /** The value of a field, or null if it is absent or null. */
    public @Nullable JsonNode get(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** The value of a field that has to be there. */
    public JsonNode required(String name, String expected) {
        JsonNode value = get(name);
        if (value == null) {
            throw wrong(name, expected);
        }
        return value;
    }

    public @Nullable String text(String name) {
        JsonNode value = get(name);
        if (value != null && !value.isString()) {
            throw wrong(name, "a string");
        }
        return value == null ? null : value.stringValue();
    }

    public String requiredText(String name) {
        return Objects.requireNonNull(required(name, "a string").isString() ? text(name) : fail(name, "a string"));
    }

    public boolean flag(String name, boolean otherwise) {
        JsonNode value = get(name);
        if (value != null && !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** A number from min to max, both included. */
    public double number(String name, double min, double max, double otherwise) {
        JsonNode value = get(name);
        if (value == null) {
            return otherwise;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(number >= min && number <= max)) {
            throw wrong(name, "a number from " + plain(min) + " to " + plain(max));
        }
        return number;
    }

    /** An integer from min to max, both included, or null. */
    public @Nullable Long integer(String name, long min, long max) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        Long number = integer(value);
        if (number == null || number < min || number > max) {
            throw wrong(
                    name,
                    min == Long.MIN_VALUE
                            ? "an integer of 64 bits"
                            : max >= Integer.MAX_VALUE
                                    ? "an integer of at least " + min
                                    : "an integer from " + min + " to " + max);
        }
        return number;
    }

    /** The value as an integer of 64 bits, or null if it is none; 8.0 is one. */
    public static @Nullable Long integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? value.longValue() : null;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        boolean whole = Math.abs(number) < 1e15 && number == Math.rint(number);
        return whole ? (Long) (long) number : null;
    }

    /** An object inside this one, or null. */
    public @Nullable Fields object(String name) {
        JsonNode value = get(name);
        return value == null ? null : child(value, name);
    }

    /** The elements of an array, each read by the function with its path; empty if the field is absent. */
    public <T> List<T> list(String name, BiFunction<JsonNode, String, T> read) {
        JsonNode value = get(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(name, "an array");
        }
        List<T> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            items.add(read.apply(value.get(i), place(name) + "[" + i + "]"));
        }
        return items;
    }

    /** @throws ApiException naming the first field that is not one of these */
    public void only(Collection<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw error(place(name), place(name) + ": unknown field; known are " + String.join(", ", known));
            }
        }
    }

    private Fields child(JsonNode value, String name) {
        if (!(value instanceof ObjectNode object)) {
            throw wrong(name, "an object");
        }
        return new Fields(object, place(name), param);
    }

    private String fail(String name, String expected) {
        throw wrong(name, expected);
    }

    /** The error for a field with another value than expected. */
    public ApiException wrong(String name, String expected) {
        JsonNode value = node.get(name);
        String found = value == null ? "nothing" : Found.of(value);
        return error(place(name), place(name) + ": found " + found + ", expected " + expected);
    }

    private ApiException error(String place, String message) {
        return ApiException.invalid(param == null ? place : param, message);
    }

    /** The path of a field. */
    public String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String plain(double number) {
        return new BigDecimal(number).stripTrailingZeros().toPlainString();
    }
}
