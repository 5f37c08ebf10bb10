package dev.attune.model.template.jinja;

import dev.attune.model.template.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Evaluator {
    private Evaluator() {}

    static @Nullable Object value(Expression expression, Variables scope) {
        if (expression instanceof Expression.Constant constant) {
            return constant.value();
        }
        if (expression instanceof Expression.Name name) {
            return scope.get(name.name());
        }
        if (expression instanceof Expression.Attribute attribute) {
            return Attributes.attribute(value(attribute.value(), scope), attribute.name());
        }
        if (expression instanceof Expression.Item item) {
            return Attributes.item(value(item.value(), scope), value(item.index(), scope));
        }
        if (expression instanceof Expression.Slice slice) {
            return Slices.slice(
                    value(slice.value(), scope),
                    optional(slice.start(), scope),
                    optional(slice.stop(), scope),
                    optional(slice.step(), scope));
        }
        if (expression instanceof Expression.Call call) {
            return call(call, scope);
        }
        if (expression instanceof Expression.Filter filter) {
            Object input = value(filter.value(), scope);
            return Filters.apply(
                    filter.name(), input, arguments("the filter '" + filter.name() + "'", filter.arguments(), scope));
        }
        if (expression instanceof Expression.Test test) {
            Object input = value(test.value(), scope);
            return Tests.apply(
                    test.name(), input, arguments("the test '" + test.name() + "'", test.arguments(), scope));
        }
        Object logical = logical(expression, scope);
        return logical == CallArguments.ABSENT ? made(expression, scope) : logical;
    }

    static boolean truth(Expression expression, Variables scope) {
        return PythonValues.truth(value(expression, scope));
    }

    private static @Nullable Object optional(@Nullable Expression expression, Variables scope) {
        return expression == null ? null : value(expression, scope);
    }

    private static @Nullable Object logical(Expression expression, Variables scope) {
        if (expression instanceof Expression.Not not) {
            return !truth(not.value(), scope);
        }
        if (expression instanceof Expression.And and) {
            Object left = value(and.left(), scope);
            return PythonValues.truth(left) ? value(and.right(), scope) : left;
        }
        if (expression instanceof Expression.Or or) {
            Object left = value(or.left(), scope);
            return PythonValues.truth(left) ? left : value(or.right(), scope);
        }
        if (expression instanceof Expression.Comparison comparison) {
            return comparison(comparison, scope);
        }
        if (expression instanceof Expression.Conditional conditional) {
            if (truth(conditional.condition(), scope)) {
                return value(conditional.then(), scope);
            }
            Expression otherwise = conditional.otherwise();
            return otherwise == null
                    ? new Undefined("the value of an 'if' that does not hold and has no 'else'")
                    : value(otherwise, scope);
        }
        return CallArguments.ABSENT;
    }

    private static boolean comparison(Expression.Comparison comparison, Variables scope) {
        Object left = value(comparison.first(), scope);
        for (var step : comparison.steps()) {
            Object right = value(step.getValue(), scope);
            boolean holds =
                    switch (step.getKey()) {
                        case "==" -> PythonValues.equal(left, right);
                        case "!=" -> !PythonValues.equal(left, right);
                        case "<" -> PythonValues.compare(left, right) < 0;
                        case "<=" -> PythonValues.compare(left, right) <= 0;
                        case ">" -> PythonValues.compare(left, right) > 0;
                        case ">=" -> PythonValues.compare(left, right) >= 0;
                        case "in" -> PythonValues.contains(right, left);
                        default -> !PythonValues.contains(right, left);
                    };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static @Nullable Object made(Expression expression, Variables scope) {
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return Arithmetics.apply(
                    arithmetic.operator(), value(arithmetic.left(), scope), value(arithmetic.right(), scope));
        }
        if (expression instanceof Expression.Concat concat) {
            StringBuilder text = new StringBuilder();
            concat.parts().forEach(part -> text.append(Printing.str(value(part, scope))));
            return text.toString();
        }
        if (expression instanceof Expression.ListOf list) {
            return values(list.items(), scope);
        }
        if (expression instanceof Expression.TupleOf tuple) {
            return new Tuple(values(tuple.items(), scope));
        }
        if (expression instanceof Expression.DictOf dict) {
            Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
            for (var entry : dict.entries()) {
                Object key = PythonValues.key(value(entry.getKey(), scope));
                made.put(PythonValues.storedKey(made, key), value(entry.getValue(), scope));
            }
            return made;
        }
        if (expression instanceof Expression.Signed signed) {
            Object number = value(signed.value(), scope);
            return number instanceof Double fraction
                    ? (Object) (signed.negative() ? -fraction : fraction)
                    : Arithmetics.apply(signed.negative() ? "-" : "+", 0L, number);
        }
        throw TemplateError.unsupported("an expression of that kind");
    }

    private static List<@Nullable Object> values(List<Expression> expressions, Variables scope) {
        List<@Nullable Object> values = new ArrayList<>();
        expressions.forEach(expression -> values.add(value(expression, scope)));
        return values;
    }

    private static @Nullable Object call(Expression.Call call, Variables scope) {
        return call(call, null, scope);
    }

    /** @param caller value of {@code caller} inside the callee; null: none */
    static @Nullable Object call(Expression.Call call, @Nullable Function caller, Variables scope) {
        Object callee = value(call.callee(), scope);
        String name = "'" + named(call.callee()) + "'";
        if (callee instanceof Undefined) {
            throw new TemplateError(name + " is undefined and cannot be called");
        }
        if (!(callee instanceof Function function)) {
            throw new TemplateError(name + " cannot be called");
        }
        CallArguments arguments = arguments(name, call.arguments(), scope);
        return function.call(caller == null ? arguments : arguments.with("caller", caller));
    }

    private static String named(Expression callee) {
        return callee instanceof Expression.Name name
                ? name.name()
                : callee instanceof Expression.Attribute attribute ? attribute.name() : "a value";
    }

    static CallArguments arguments(String callee, Arguments arguments, Variables scope) {
        List<@Nullable Object> positional = values(arguments.positional(), scope);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, expression) -> named.put(name, value(expression, scope)));
        if (arguments.all() != null) {
            positional.addAll(PythonValues.iterate(value(arguments.all(), scope)));
        }
        if (arguments.allNamed() != null) {
            if (!(value(arguments.allNamed(), scope) instanceof Map<?, ?> further)) {
                throw new TemplateError("the value after '**' is not a dict");
            }
            further.forEach((name, value) -> named.put(PythonValues.text(name, "the name of an argument"), value));
        }
        return new CallArguments(callee, positional, named);
    }

    /** Applies filters to the text of a block. */
    static @Nullable Object filtered(String text, List<Expression.Filter> filters, Variables scope) {
        Object value = text;
        for (Expression.Filter filter : filters) {
            value = Filters.apply(
                    filter.name(), value, arguments("the filter '" + filter.name() + "'", filter.arguments(), scope));
        }
        return value;
    }
}
