package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tests behind {@code is}. */
final class Tests {
    private Tests() {}

    static boolean apply(String name, @Nullable Object value, CallArguments arguments) {
        Boolean comparison = comparison(name, value, arguments);
        if (comparison != null) {
            return comparison;
        }
        arguments.none();
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String || value instanceof SafeText;
            case "mapping" -> value instanceof Map;
            case "sequence" ->
                value instanceof String
                        || value instanceof List
                        || value instanceof Tuple
                        || value instanceof Map
                        || (value instanceof Undefined && undefinedSequence());
            case "iterable" -> Values.hasLength(value) || value instanceof Lazy;
            case "number" -> Values.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "odd" -> Math.floorMod(Values.whole(value), 2L) == 1;
            case "even" -> Math.floorMod(Values.whole(value), 2L) == 0;
            case "upper" -> StringPredicates.holds("isupper", Printing.str(value));
            case "lower" -> StringPredicates.holds("islower", Printing.str(value));
            case "callable" -> value instanceof Function;
            default -> throw TemplateError.unsupported("the test '" + name + "'");
        };
    }

    /** jinja2 asks an undefined value for its length and its items, and the second fails. */
    private static boolean undefinedSequence() {
        throw TemplateError.unsupported("the test 'sequence' on an undefined value");
    }

    /** Python's {@code is}: certain for none and booleans only; equal numbers and texts may be one object or two. */
    private static boolean same(@Nullable Object value, @Nullable Object other) {
        if (value == null || other == null || value instanceof Boolean || other instanceof Boolean) {
            return Objects.equals(value, other);
        }
        throw TemplateError.unsupported("the test 'sameas' on " + Values.kind(value));
    }

    private static @Nullable Boolean comparison(String name, @Nullable Object value, CallArguments arguments) {
        if (!Set.of(
                        "equalto",
                        "eq",
                        "ne",
                        "lt",
                        "lessthan",
                        "le",
                        "gt",
                        "greaterthan",
                        "ge",
                        "in",
                        "divisibleby",
                        "sameas")
                .contains(name)) {
            return null;
        }
        Object other = arguments.bind("other").get(0);
        return switch (name) {
            case "equalto", "eq" -> Values.equal(value, other);
            case "ne" -> !Values.equal(value, other);
            case "lt", "lessthan" -> Values.compare(value, other) < 0;
            case "le" -> Values.compare(value, other) <= 0;
            case "gt", "greaterthan" -> Values.compare(value, other) > 0;
            case "ge" -> Values.compare(value, other) >= 0;
            case "in" -> Values.contains(other, value);
            case "sameas" -> same(value, other);
            default -> {
                long divisor = Values.whole(other);
                if (divisor == 0) {
                    throw new TemplateError("division by zero");
                }
                yield Math.floorMod(Values.whole(value), divisor) == 0;
            }
        };
    }
}
