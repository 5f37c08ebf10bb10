package dev.attune.model.template.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The filters on numbers. */
final class NumberFilters {
    private NumberFilters() {}

    /** Python's {@code round}, or up or down; the result is a fraction even with 0 digits. */
    static Object rounded(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("precision", "method");
        long precision = PythonValues.integer(CallArguments.or(bound.get(0), 0L));
        String method = PythonValues.text(CallArguments.or(bound.get(1), "common"), "the method of round");
        if (Math.abs(precision) > 300) {
            throw TemplateError.unsupported("a rounding to " + precision + " digits");
        }
        if (value instanceof Long && method.equals("common")) {
            return value;
        }
        double number = PythonValues.number(value);
        double unit = Math.pow(10, (double) precision);
        return switch (method) {
            case "common" ->
                new BigDecimal(number)
                        .setScale((int) precision, RoundingMode.HALF_EVEN)
                        .doubleValue();
            case "ceil" -> Math.ceil(number * unit) / unit;
            case "floor" -> Math.floor(number * unit) / unit;
            default -> throw new TemplateError("the method of round is '" + method + "', not common, ceil or floor");
        };
    }

    static long inBase(String text, int base) {
        String digits = text.toLowerCase(Locale.ROOT);
        String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
        boolean prefixed = !prefix.isEmpty() && digits.startsWith(prefix);
        return Long.parseLong(prefixed ? digits.substring(2) : digits, base);
    }

    static String fileSize(double bytes, boolean binary) {
        int base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        }
        if (bytes < base) {
            return (long) bytes + " Bytes";
        }
        String letters = "kMGTPEZY";
        double unit = base;
        for (int i = 0; ; i++) {
            unit *= base;
            if (bytes < unit || i == letters.length() - 1) {
                String letter = letters.substring(i, i + 1);
                String name = binary ? letter.toUpperCase(Locale.ROOT) + "iB" : letter + "B";
                return String.format(Locale.ROOT, "%.1f %s", base * bytes / unit, name);
            }
        }
    }
}
