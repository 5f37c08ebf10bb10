package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values become text: Python's {@code str} and {@code repr}. JSON is in {@link JsonPrinting}. */
final class Printing {
    private Printing() {}

    static String str(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof SafeText safe) {
            return safe.text();
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    static String repr(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Long number) {
            return number.toString();
        }
        if (value instanceof Double number) {
            return floating(number);
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Printing::repr).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Tuple tuple) {
            String inner = tuple.items().stream().map(Printing::repr).collect(Collectors.joining(", "));
            return "(" + inner + (tuple.items().size() == 1 ? ",)" : ")");
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> repr(entry.getKey()) + ": " + repr(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Undefined) {
            return "Undefined";
        }
        throw TemplateError.unsupported("printing " + Values.kind(value));
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.append('\\').append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return out.append(quote).toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** The shortest digits that give the number back, in Python's layout. */
    static String floating(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        String scientific = "";
        for (int digits = 0; digits <= 16; digits++) {
            scientific = String.format(Locale.ROOT, "%." + digits + "e", number);
            if (Double.parseDouble(scientific) == number) {
                break;
            }
        }
        int e = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(e + 1));
        String mantissa = scientific.substring(0, e);
        if (exponent < -4 || exponent >= 16) {
            String sign = exponent < 0 ? "-" : "+";
            return mantissa + "e" + sign + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        }
        String plain =
                new java.math.BigDecimal(mantissa).scaleByPowerOfTen(exponent).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
