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
        if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
            if (times > 0 && text.length() * times > LONGEST_REPEAT) {
                throw TemplateError.unsupported("a string repeated " + times + " times");
            }
            return text.repeat((int) Math.max(0, times));
        }
        throw TemplateError.unsupported(
                "the operator " + operator + " between " + Values.kind(left) + " and " + Values.kind(right));
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
            default -> throw TemplateError.unsupported("the operator " + operator + " on fractions");
        };
    }
}
