package dev.attune.core.data;

import dev.attune.core.data.raw.ColumnValue;
import dev.attune.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Reads values of a JSON object by key; throws {@link RowProblem} for a missing or invalid one. A null counts as
 * absent. For an optional key an empty text does too, because tables have no other way to leave a cell out.
 */
final class Fields {
    static final List<String> PROMPT = List.of("prompt", "question", "instruction", "query", "input");
    static final List<String> CHOSEN = List.of("chosen", "chosen_response");
    static final List<String> REJECTED = List.of("rejected", "rejected_response");
    static final List<String> COMPLETION = List.of("completion", "response", "answer", "output");
    static final List<String> TURNS = List.of("messages", "conversations", "conversation");
    static final List<String> REWARD = List.of("reward", "label");

    private Fields() {}

    static boolean has(ObjectNode row, String key) {
        JsonNode value = row.get(key);
        return value != null && !value.isNull();
    }

    /** The first of the keys that the object has, or null. */
    static @Nullable String present(ObjectNode row, List<String> keys) {
        return keys.stream().filter(key -> has(row, key)).findFirst().orElse(null);
    }

    /** The first of the keys that the object has; a problem if it has none. */
    static String require(ObjectNode row, List<String> keys) {
        String key = present(row, keys);
        if (key == null) {
            throw missing(row, keys.get(0));
        }
        return key;
    }

    static JsonNode value(ObjectNode row, String key) {
        JsonNode value = row.get(key);
        if (value == null || value.isNull()) {
            throw missing(row, key);
        }
        return value;
    }

    static String text(ObjectNode row, String key) {
        return text(value(row, key), key);
    }

    static String text(JsonNode value, String key) {
        if (!value.isString()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, describe(value), "a text");
        }
        return requireWellFormed(value.stringValue(), key);
    }

    static String requireWellFormed(String text, String key) {
        if (!wellFormed(text)) {
            throw new RowProblem(
                    Fault.Kind.INVALID_TEXT, key, "half a surrogate pair", "a text whose characters are all Unicode");
        }
        return text;
    }

    /** An object of any keys, which a table may hold as JSON in a text; null if it is absent or empty. */
    static @Nullable Map<String, @Nullable Object> optionalObject(ObjectNode row, String key) {
        JsonNode value = has(row, key) ? value(row, key) : null;
        if (value == null || (value.isString() && value.stringValue().isBlank())) {
            return null;
        }
        JsonNode tree = value.isString() ? Cells.container(value) : value;
        if (!(tree instanceof ObjectNode object)) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, describe(value), "an object");
        }
        requireWellFormed(object.toString(), key);
        return object.isEmpty() ? null : Json.map(object);
    }

    static @Nullable String optionalText(ObjectNode row, String key) {
        String text = has(row, key) ? text(row, key) : "";
        return text.isBlank() ? null : text;
    }

    /** A text, or a number or timestamp converted to text, as names and times may be written. */
    static @Nullable String optionalName(ObjectNode row, String key) {
        JsonNode value = has(row, key) ? value(row, key) : null;
        if (value instanceof POJONode pojo) {
            return String.valueOf(pojo.getPojo());
        }
        return value != null && value.isIntegralNumber() ? value.asString() : optionalText(row, key);
    }

    /** An integer, which tables and Python may write as 1.0 or as a text. */
    static int integer(JsonNode value, String key, String expected) {
        double number =
                value.isNumber() ? value.doubleValue() : value.isString() ? parse(value.stringValue()) : Double.NaN;
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, describe(value), expected);
        }
        return (int) number;
    }

    static double number(ObjectNode row, String key) {
        JsonNode value = value(row, key);
        if (value.isBoolean()) {
            return value.booleanValue() ? 1 : 0;
        }
        double number =
                value.isNumber() ? value.doubleValue() : value.isString() ? parse(value.stringValue()) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, describe(value), "a finite number");
        }
        return number;
    }

    /** A truth value; false if the key is absent. */
    static boolean bool(ObjectNode row, String key) {
        Double number = optionalNumber(row, key);
        if (number != null && number != 0 && number != 1) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, describe(value(row, key)), "true or false");
        }
        return number != null && number == 1;
    }

    static @Nullable Double optionalNumber(ObjectNode row, String key) {
        boolean absent = !has(row, key)
                || (value(row, key).isString() && value(row, key).stringValue().isBlank());
        return absent ? null : number(row, key);
    }

    /** A short description of a value, for messages. */
    static String describe(JsonNode value) {
        if (value instanceof POJONode pojo && pojo.getPojo() instanceof ColumnValue typed) {
            return typed.describe();
        }
        String shown = value.toString();
        String part = shown.length() <= 40 ? shown : shown.substring(0, 40) + "...";
        if (value.isString()) {
            return "the text " + part;
        }
        if (value.isArray()) {
            return "a list of " + value.size();
        }
        return value.isObject() ? "an object" : part;
    }

    private static RowProblem missing(ObjectNode row, String key) {
        String keys = row.propertyNames().stream().limit(12).collect(Collectors.joining(", "));
        return new RowProblem(Fault.Kind.MISSING_KEY, key, "only the keys " + keys, "the key '" + key + "'");
    }

    private static double parse(String text) {
        String word = text.strip();
        if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
            return word.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
