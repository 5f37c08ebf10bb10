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
        if (value instanceof Attributed attributed) {
            return attributed.get(name);
        }
        if (value instanceof Tuple tuple && tuple.group() && (name.equals("grouper") || name.equals("list"))) {
            return tuple.items().get(name.equals("list") ? 1 : 0);
        }
        Function method = method(value, name);
        if (method != null) {
            return method;
        }
        return value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : missing(value, name);
    }

    /** The value of the filter {@code attr}: never the item of a dict. */
    static @Nullable Object attributeAlone(@Nullable Object value, String name) {
        boolean item = value instanceof Map<?, ?> && method(value, name) == null;
        return item ? missing(value, name) : attribute(value, name);
    }

    static @Nullable Object item(@Nullable Object value, @Nullable Object key) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (value instanceof Map<?, ?> map && PythonValues.hasKey(map, key)) {
            return map.get(PythonValues.storedKey(map, key));
        }
        boolean sequence = value instanceof String
                || value instanceof List
                || value instanceof Tuple
                || (value instanceof View view && view.isRange());
        if (value != null && sequence && (key instanceof Long || key instanceof Boolean)) {
            return Slices.at(value, PythonValues.integer(key));
        }
        if (value instanceof View || value instanceof Lazy) {
            throw TemplateError.unsupported("an index into " + PythonValues.kind(value));
        }
        if (key instanceof String name) {
            Function method = method(value, name);
            return method != null ? method : missing(value, name);
        }
        return missing(value, String.valueOf(key));
    }

    private static @Nullable Function method(@Nullable Object value, String name) {
        if (value instanceof String text && StringMethods.NAMES.contains(name)) {
            return arguments -> StringMethods.call(text, name, arguments);
        }
        if (value instanceof Map<?, ?> map && DICT_METHODS.contains(name)) {
            return arguments -> dictMethod(map, name, arguments);
        }
        if ((value instanceof List || value instanceof Tuple)
                && Set.of("count", "index", "copy").contains(name)) {
            return arguments -> listMethod(value, name, arguments);
        }
        boolean list = (value instanceof List || value instanceof Tuple) && LIST_METHODS.contains(name);
        if (list || (PythonValues.isNumber(value) && NUMBER_ATTRIBUTES.contains(name))) {
            throw TemplateError.unsupported("'" + name + "' of " + PythonValues.kind(value));
        }
        return null;
    }

    private static @Nullable Object dictMethod(Map<?, ?> map, String name, CallArguments arguments) {
        switch (name) {
            case "items" -> {
                arguments.none();
                return new View(View.ITEMS, Filters.pairs(map));
            }
            case "keys" -> {
                arguments.none();
                return new View(View.KEYS, PythonValues.iterate(map));
            }
            case "values" -> {
                arguments.none();
                return new View(View.VALUES, new java.util.ArrayList<>(map.values()));
            }
            case "get" -> {
                List<@Nullable Object> bound = arguments.bind("key", "default");
                Object key = bound.get(0);
                return PythonValues.hasKey(map, key)
                        ? map.get(PythonValues.storedKey(map, key))
                        : CallArguments.or(bound.get(1), null);
            }
            case "copy" -> {
                arguments.none();
                return new java.util.LinkedHashMap<>(map);
            }
            default -> throw TemplateError.unsupported("the method '" + name + "' of dicts");
        }
    }

    private static @Nullable Object listMethod(Object value, String name, CallArguments arguments) {
        List<@Nullable Object> items = PythonValues.iterate(value);
        if (name.equals("copy")) {
            arguments.none();
            if (value instanceof Tuple) {
                throw new TemplateError("a tuple has no 'copy'");
            }
            return new java.util.ArrayList<>(items);
        }
        Object wanted = arguments.bind("value").get(0);
        if (name.equals("count")) {
            return items.stream()
                    .filter(item -> PythonValues.equal(item, wanted))
                    .count();
        }
        for (int i = 0; i < items.size(); i++) {
            if (PythonValues.equal(items.get(i), wanted)) {
                return (long) i;
            }
        }
        throw new TemplateError("the value is not in the list");
    }

    private static Undefined missing(@Nullable Object value, String name) {
        return new Undefined("'" + name + "' of " + PythonValues.kind(value));
    }
}
