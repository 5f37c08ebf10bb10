package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code + - * / // % **} on numbers, and {@code +} and {@code *} on strings and lists. */
final class Arithmetics {
    private static final int LONGEST_REPEAT = 1_000_000;

    private Arithmetics() {}

    static Object apply(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.error();
        }
        if (Values.isNumber(left) && Values.isNumber(right)) {
            return left instanceof Double || right instanceof Double || operator.equals("/")
                    ? floating(operator, Values.number(left), Values.number(right))
                    : whole(operator, Values.whole(left), Values.whole(right));
        }
        if (operator.equals("+")) {
            return joined(left, right);
        }
        if (operator.equals("*")) {
            Object repeated = right instanceof Long times
                    ? repeated(left, times)
                    : left instanceof Long times ? repeated(right, times) : null;
            if (repeated != null) {
                return repeated;
            }
        }
        throw TemplateError.unsupported(
                "the operator " + operator + " between " + Values.kind(left) + " and " + Values.kind(right));
    }

    private static @Nullable Object repeated(@Nullable Object value, long times) {
        boolean repeatable = value instanceof String || value instanceof List;
        if (repeatable && times > 0 && Values.length(value) * times > LONGEST_REPEAT) {
            throw TemplateError.unsupported(Values.kind(value) + " repeated " + times + " times");
        }
        int count = (int) Math.max(0, times);
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.addAll(list);
            }
            return all;
        }
        return value instanceof String text ? text.repeat(count) : null;
    }

    private static long power(long base, long exponent) {
        if (Math.abs(base) > 1 && exponent >= Long.SIZE) {
            throw new ArithmeticException("overflow");
        }
        long power = exponent % 2 == 0 ? 1 : base;
        for (long i = 0; Math.abs(base) > 1 && i < exponent / 2; i++) {
            power = Math.multiplyExact(power, Math.multiplyExact(base, base));
        }
        return base == 0 && exponent > 0 ? 0 : power;
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
        throw new TemplateError(Values.kind(left) + " and " + Values.kind(right) + " cannot be added");
    }

    private static Object whole(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(left, right);
                case "-" -> Math.subtractExact(left, right);
                case "*" -> Math.multiplyExact(left, right);
                case "//" -> Math.floorDiv(left, right);
                case "%" -> Math.floorMod(left, right);
                case "**" -> right < 0 ? (Object) Math.pow((double) left, (double) right) : (Object) power(left, right);
                default -> throw TemplateError.unsupported("the operator " + operator);
            };
        } catch (ArithmeticException e) {
            throw new TemplateError("the numbers " + left + " " + operator + " " + right + " give no whole number");
        }
    }

    private static Object floating(String operator, double left, double right) {
        if (operator.equals("/") && right == 0) {
            throw new TemplateError("division by zero");
        }
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "**" -> Math.pow(left, right);
            default -> throw TemplateError.unsupported("the operator " + operator + " on fractions");
        };
    }
}
