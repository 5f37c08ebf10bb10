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
final class Values {
    private Values() {}

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
        if (value instanceof SafeText safe) {
            return !safe.text().isEmpty();
        }
        return !hasLength(value) || length(value) != 0;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof SafeText safe ? safe.text() : value;
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

    /** What a loop over the value goes through. */
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
        throw new TemplateError(kind(value) + " cannot be gone through");
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
        return Objects.equals(plain(left), plain(right));
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
        throw new TemplateError(kind(left) + " and " + kind(right) + " have no order");
    }

    static boolean contains(@Nullable Object container, @Nullable Object item) {
        if (container instanceof String text) {
            if (item instanceof String part) {
                return text.contains(part);
            }
            throw new TemplateError(kind(item) + " cannot be looked for in a string");
        }
        if (container instanceof Map<?, ?> map) {
            return item instanceof String && map.containsKey(item);
        }
        return iterate(container).stream().anyMatch(candidate -> equal(candidate, item));
    }

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** A number's value; larger whole numbers than doubles hold exactly do not occur in templates. */
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

    /** A whole number, for indexes and counts. */
    static long whole(@Nullable Object value) {
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

    /** The value's kind, for complaints. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "none";
        }
        if (value instanceof Undefined undefined) {
            return undefined.what() + ", which is undefined,";
        }
        if (value instanceof SafeText) {
            return "a text from the filter 'safe'";
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
