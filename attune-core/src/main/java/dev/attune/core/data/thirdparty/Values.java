package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads values of third-party rows; throws {@link ShapeProblem} for a missing or invalid one. */
final class Values {
    private static final Set<String> YES = Set.of("true", "1", "1.0");
    private static final Set<String> NO = Set.of("false", "0", "0.0", "");

    private Values() {}

    /** The value of a key; a problem if there is none. */
    static JsonNode require(RowKeys row, String key) {
        JsonNode value = row.take(key);
        if (value == null) {
            throw new ShapeProblem(ShapeProblem.Kind.MISSING_KEY, key, "no value", "the key '" + key + "'");
        }
        return value;
    }

    /** The value of the first of the keys that has one. */
    static JsonNode requireFirst(RowKeys row, List<String> keys) {
        String key = row.first(keys);
        return require(row, key == null ? keys.get(0) : key);
    }

    /** A number, which tables may write as a text. */
    static double number(RowKeys row, String key) {
        return number(require(row, key), key);
    }

    static double number(JsonNode value, String key) {
        double number = value.isNumber() ? value.doubleValue() : parsed(value);
        if (!Double.isFinite(number)) {
            throw invalid(key, value, "a finite number");
        }
        return number;
    }

    private static double parsed(JsonNode value) {
        try {
            return value.isString() ? Double.parseDouble(value.stringValue().strip()) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** One of some integers, which may be written as 1.0 or as a text. */
    static int choice(RowKeys row, String key, int min, int max) {
        JsonNode value = require(row, key);
        double number = number(value, key);
        if (number != Math.rint(number) || number < min || number > max) {
            throw invalid(key, value, "a whole number from " + min + " to " + max);
        }
        return (int) number;
    }

    /** A truth value: true or false, 1 or 0, or such a text. False if the key is absent. */
    static boolean bool(RowKeys row, String key) {
        JsonNode value = row.take(key);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        String text = value.asString("").strip().toLowerCase(java.util.Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw invalid(key, value, "true or false");
        }
        return YES.contains(text);
    }

    static ShapeProblem invalid(String key, @Nullable JsonNode found, String expected) {
        String shown = String.valueOf(found);
        String part = shown.length() <= 60 ? shown : shown.substring(0, 60) + "...";
        return new ShapeProblem(ShapeProblem.Kind.WRONG_TYPE, key, part, expected);
    }
}
