package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code value.name} and {@code value[key]}: Python's methods, the keys of dicts, the variables of loops. */
final class Attributes {
    /** Every method of Python's dict: an attribute of that name is the method, not the key. */
    private static final Set<String> DICT_METHODS = Set.of(
            "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values");

    private static final Set<String> LIST_METHODS =
            Set.of("append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort");

    private static final Set<String> NUMBER_ATTRIBUTES = Set.of(
            "real",
            "imag",
            "numerator",
            "denominator",
            "conjugate",
            "bit_length",
            "bit_count",
            "to_bytes",
            "from_bytes",
            "as_integer_ratio",
            "is_integer",
            "hex",
            "fromhex");

    private Attributes() {}

    static @Nullable Object attribute(@Nullable Object value, String name) {
        if (name.startsWith("_")) {
            throw TemplateError.unsupported("the attribute '" + name + "'");
        }
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Namespace namespace) {
            return namespace.get(name);
        }
        if (value instanceof LoopVariables loop) {
            return loop.get(name);
        }
        Function method = method(value, name);
        if (method != null) {
            return method;
        }
        return value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : missing(value, name);
    }

    static @Nullable Object item(@Nullable Object value, @Nullable Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Map<?, ?> map && key instanceof String && map.containsKey(key)) {
            return map.get(key);
        }
        boolean sequence = value instanceof String || value instanceof List || value instanceof Tuple;
        if (value != null && sequence && (key instanceof Long || key instanceof Boolean)) {
            return Slices.at(value, Values.whole(key));
        }
        if (value instanceof View || value instanceof Lazy) {
            throw TemplateError.unsupported("an index into " + Values.kind(value));
        }
        if (key instanceof String name) {
            Function method = method(value, name);
            return method != null ? method : missing(value, name);
        }
        return missing(value, Printing.str(key));
    }

    private static @Nullable Function method(@Nullable Object value, String name) {
        if (value instanceof String text && StringMethods.NAMES.contains(name)) {
            return arguments -> StringMethods.call(text, name, arguments);
        }
        if (value instanceof Map<?, ?> map && DICT_METHODS.contains(name)) {
            return arguments -> dictMethod(map, name, arguments);
        }
        boolean list = (value instanceof List || value instanceof Tuple) && LIST_METHODS.contains(name);
        if (list || (Values.isNumber(value) && NUMBER_ATTRIBUTES.contains(name))) {
            throw TemplateError.unsupported("'" + name + "' of " + Values.kind(value));
        }
        return null;
    }

    private static @Nullable Object dictMethod(Map<?, ?> map, String name, CallArguments arguments) {
        switch (name) {
            case "items" -> {
                arguments.none();
                return new View(map.entrySet().stream()
                        .<@Nullable Object>map(e -> new Tuple(java.util.Arrays.asList(e.getKey(), e.getValue())))
                        .toList());
            }
            case "keys" -> {
                arguments.none();
                return new View(Values.iterate(map));
            }
            case "values" -> {
                arguments.none();
                return new View(new java.util.ArrayList<>(map.values()));
            }
            case "get" -> {
                List<@Nullable Object> bound = arguments.bind("key", "default");
                Object key = bound.get(0);
                return key instanceof String && map.containsKey(key)
                        ? map.get(key)
                        : CallArguments.or(bound.get(1), null);
            }
            default -> throw TemplateError.unsupported("the method '" + name + "' of dicts");
        }
    }

    private static Undefined missing(@Nullable Object value, String name) {
        return new Undefined("'" + name + "' of " + Values.kind(value));
    }
}
