package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code + - * / // % **} on numbers, and {@code +} and {@code *} on strings and lists. */
final class Arithmetics {
    private static final int MAX_REPEAT = 1_000_000;

    private Arithmetics() {}

    static Object apply(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (PythonValues.isNumber(left) && PythonValues.isNumber(right)) {
            return left instanceof Double || right instanceof Double || operator.equals("/")
                    ? floating(operator, PythonValues.number(left), PythonValues.number(right))
                    : integer(operator, PythonValues.integer(left), PythonValues.integer(right));
        }
        if (operator.equals("+")) {
            return joined(left, right);
        }
        if (operator.equals("*")) {
            return left instanceof Long times ? repeated(right, times) : repeated(left, right);
        }
        if (operator.equals("%") && left instanceof String format) {
            return PercentFormat.format(format, right);
        }
        throw TemplateError.unsupported("the operator " + operator + " between " + PythonValues.kind(left) + " and "
                + PythonValues.kind(right));
    }

    private static Object repeated(@Nullable Object value, @Nullable Object count) {
        if (!(count instanceof Long) && !(count instanceof Boolean)) {
            throw new TemplateError(PythonValues.kind(value) + " cannot be multiplied by " + PythonValues.kind(count));
        }
        long times = Math.max(0, PythonValues.integer(count));
        if (!(value instanceof String) && !(value instanceof List) && !(value instanceof Tuple)) {
            throw new TemplateError(PythonValues.kind(value) + " cannot be repeated");
        }
        if (PythonValues.length(value) * times > MAX_REPEAT) {
            throw TemplateError.unsupported("a value repeated " + times + " times");
        }
        if (value instanceof String text) {
            return text.repeat((int) times);
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (long i = 0; i < times; i++) {
            all.addAll(PythonValues.iterate(value));
        }
        return value instanceof Tuple ? new Tuple(all) : all;
    }

    private static Object joined(@Nullable Object left, @Nullable Object right) {
        if (left instanceof String one && right instanceof String two) {
            return one + two;
        }
        if (left instanceof List<?> one && right instanceof List<?> two) {
            List<@Nullable Object> all = new ArrayList<>(one);
            all.addAll(two);
            return all;
        }
        if (left instanceof Tuple one && right instanceof Tuple two) {
            List<@Nullable Object> all = new ArrayList<>(one.items());
            all.addAll(two.items());
            return new Tuple(all);
        }
        throw new TemplateError(PythonValues.kind(left) + " and " + PythonValues.kind(right) + " cannot be added");
    }

    private static Object integer(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(left, right);
                case "-" -> Math.subtractExact(left, right);
                case "*" -> Math.multiplyExact(left, right);
                case "//" -> Math.floorDiv(left, right);
                case "%" -> Math.floorMod(left, right);
                case "**" -> power(left, right);
                default -> throw TemplateError.unsupported("the operator " + operator);
            };
        } catch (ArithmeticException e) {
            throw new TemplateError("the numbers " + left + " " + operator + " " + right + " give no integer");
        }
    }

    private static Object power(long base, long exponent) {
        if (exponent < 0) {
            return floating("**", (double) base, (double) exponent);
        }
        java.math.BigInteger power = java.math.BigInteger.valueOf(base).pow(Math.toIntExact(Math.min(exponent, 1_000)));
        return power.longValueExact();
    }

    private static Object floating(String operator, double left, double right) {
        if (right == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new TemplateError("division by zero");
        }
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "//" -> Math.floor(left / right);
            case "%" -> left - right * Math.floor(left / right);
            case "**" -> Math.pow(left, right);
            default -> throw TemplateError.unsupported("the operator " + operator + " on fractions");
        };
    }
}
