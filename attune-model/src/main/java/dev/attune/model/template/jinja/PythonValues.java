package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's rules for the values of templates: null, Boolean, Long, Double, String, List, {@link Tuple}, Map with string
 * keys, and the helpers of this package.
 */
final class PythonValues {
    private PythonValues() {}

    static boolean truth(@Nullable Object value) {
        if (value == null || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        return !hasLength(value) || length(value) != 0;
    }

    static boolean hasLength(@Nullable Object value) {
        return value instanceof String
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Map
                || value instanceof View
                || value instanceof Undefined;
    }

    static long length(@Nullable Object value) {
        if (value instanceof String text) {
            return Text.length(text);
        }
        if (value instanceof Undefined) {
            return 0;
        }
        if (!hasLength(value)) {
            throw new TemplateError(kind(value) + " has no length");
        }
        return iterate(value).size();
    }

    /** The items that a loop over the value iterates over. */
    static List<@Nullable Object> iterate(@Nullable Object value) {
        if (value instanceof String text) {
            List<@Nullable Object> characters = new ArrayList<>();
            text.codePoints().forEach(c -> characters.add(Character.toString(c)));
            return characters;
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Tuple tuple) {
            return tuple.items();
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof View view) {
            return view.items();
        }
        if (value instanceof Lazy lazy) {
            return lazy.take();
        }
        if (value instanceof Undefined) {
            return List.of();
        }
        throw new TemplateError(kind(value) + " cannot be iterated over");
    }

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (isNumber(left) && isNumber(right)) {
            return number(left) == number(right);
        }
        if (left instanceof Undefined || right instanceof Undefined) {
            return left instanceof Undefined && right instanceof Undefined;
        }
        if (left instanceof List<?> || left instanceof Tuple) {
            boolean sameKind = (left instanceof Tuple) == (right instanceof Tuple);
            return sameKind && (right instanceof List<?> || right instanceof Tuple) && allEqual(left, right);
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> two) {
            return one.size() == two.size()
                    && one.entrySet().stream()
                            .allMatch(e -> two.containsKey(e.getKey()) && equal(e.getValue(), two.get(e.getKey())));
        }
        return Objects.equals(left, right);
    }

    private static boolean allEqual(Object left, Object right) {
        List<@Nullable Object> one = iterate(left);
        List<@Nullable Object> two = iterate(right);
        if (one.size() != two.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), two.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Negative, 0 or positive, as with numbers, strings (by code points) and lists of these. */
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (isNumber(left) && isNumber(right)) {
            return Double.compare(number(left), number(right));
        }
        if (left instanceof String one && right instanceof String two) {
            return java.util.Arrays.compare(
                    one.codePoints().toArray(), two.codePoints().toArray());
        }
        boolean lists = left instanceof List && right instanceof List;
        if (lists || (left instanceof Tuple && right instanceof Tuple)) {
            return compareAll(iterate(left), iterate(right));
        }
        throw new TemplateError(kind(left) + " and " + kind(right) + " have no order");
    }

    private static int compareAll(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return compare(left.get(i), right.get(i));
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** A value as the key of a dict: only immutable values that Python allows as keys. */
    static @Nullable Object key(@Nullable Object value) {
        if (value == null || value instanceof String || isNumber(value)) {
            return value;
        }
        if (value instanceof Tuple tuple) {
            tuple.items().forEach(PythonValues::key);
            return tuple;
        }
        throw new TemplateError(kind(value) + " cannot be a key");
    }

    static boolean hasKey(Map<?, ?> map, @Nullable Object key) {
        return map.containsKey(storedKey(map, key));
    }

    /** The key of a dict that equals this one (1, 1.0 and true are the same), or this one if there is none. */
    static @Nullable Object storedKey(Map<?, ?> map, @Nullable Object key) {
        if (!isNumber(key) || map.containsKey(key)) {
            return key;
        }
        for (Object stored : map.keySet()) {
            if (isNumber(stored) && equal(stored, key)) {
                return stored;
            }
        }
        return key;
    }

    static boolean contains(@Nullable Object container, @Nullable Object item) {
        if (container instanceof String text) {
            if (item instanceof String part) {
                return text.contains(part);
            }
            throw new TemplateError(kind(item) + " cannot be looked for in a string");
        }
        if (container instanceof Map<?, ?> map) {
            return hasKey(map, item);
        }
        return iterate(container).stream().anyMatch(candidate -> equal(candidate, item));
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** A number's value; integers that a double cannot represent exactly are refused. */
    static double number(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Long whole) {
            if (Math.abs(whole) > 1L << 53) {
                throw TemplateError.unsupported("a number as large as " + whole);
            }
            return whole;
        }
        if (value instanceof Double number) {
            return number;
        }
        throw new TemplateError(kind(value) + " is not a number");
    }

    /** An integer, for indexes and counts. */
    static long integer(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        if (value instanceof Long whole) {
            return whole;
        }
        throw new TemplateError(kind(value) + " is not a whole number");
    }

    static String text(@Nullable Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateError(what + " is " + kind(value) + ", not a string");
    }

    /** The value's kind, for error messages. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof Undefined undefined) {
            return undefined.what() + ", which is undefined,";
        }
        return value instanceof String
                ? "a string"
                : value instanceof Boolean
                        ? "a boolean"
                        : isNumber(value)
                                ? "a number"
                                : value instanceof List || value instanceof Tuple
                                        ? "a list"
                                        : value instanceof Map
                                                ? "a dict"
                                                : value instanceof Lazy ? "a generator" : "a value of that kind";
    }
}
