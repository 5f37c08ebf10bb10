package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tests after {@code is}. */
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
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "sequence" ->
                value instanceof String
                        || value instanceof List
                        || value instanceof Tuple
                        || value instanceof Map
                        || (value instanceof View view && view.isRange())
                        || value instanceof Undefined;
            case "iterable" -> PythonValues.hasLength(value) || value instanceof Lazy;
            case "number" -> PythonValues.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "odd" -> Math.floorMod(PythonValues.integer(value), 2L) == 1;
            case "even" -> Math.floorMod(PythonValues.integer(value), 2L) == 0;
            case "callable" -> value instanceof Function || value instanceof Undefined;
            case "lower" -> CharacterTests.holds(Printing.str(value), "islower");
            case "upper" -> CharacterTests.holds(Printing.str(value), "isupper");
            case "escaped" -> false;
            default -> throw TemplateError.unsupported("the test '" + name + "'");
        };
    }

    private static @Nullable Boolean comparison(String name, @Nullable Object value, CallArguments arguments) {
        if (!Set.of(
                        "==",
                        "!=",
                        "<",
                        "<=",
                        ">",
                        ">=",
                        "sameas",
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
                        "divisibleby")
                .contains(name)) {
            return null;
        }
        Object other = arguments.bind("other").get(0);
        return switch (name) {
            case "sameas" -> same(value, other);
            case "equalto", "eq", "==" -> PythonValues.equal(value, other);
            case "ne", "!=" -> !PythonValues.equal(value, other);
            case "lt", "lessthan", "<" -> PythonValues.compare(value, other) < 0;
            case "le", "<=" -> PythonValues.compare(value, other) <= 0;
            case "gt", "greaterthan", ">" -> PythonValues.compare(value, other) > 0;
            case "ge", ">=" -> PythonValues.compare(value, other) >= 0;
            case "in" -> PythonValues.contains(other, value);
            default -> {
                long divisor = PythonValues.integer(other);
                if (divisor == 0) {
                    throw new TemplateError("division by zero");
                }
                yield Math.floorMod(PythonValues.integer(value), divisor) == 0;
            }
        };
    }

    /** Python's {@code is}, as far as it does not depend on how values are stored. */
    private static boolean same(@Nullable Object value, @Nullable Object other) {
        if (value == null || value instanceof Boolean || other == null || other instanceof Boolean) {
            return java.util.Objects.equals(value, other);
        }
        if (value == other && !PythonValues.isNumber(value) && !(value instanceof String)) {
            return true;
        }
        if (value.getClass() != other.getClass()) {
            return false;
        }
        throw TemplateError.unsupported("the test 'sameas' of " + PythonValues.kind(value));
    }
}
