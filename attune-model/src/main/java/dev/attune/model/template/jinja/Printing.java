package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts values to text: Python's {@code str}, {@code repr} and {@code json.dumps}. */
final class Printing {
    private Printing() {}

    static String str(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
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
        if (value instanceof View view) {
            return view.printed();
        }
        throw TemplateError.unsupported("printing " + PythonValues.kind(value));
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

    static boolean isPrintable(int c) {
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

    /** The shortest digits from which the number can be read back, in Python's layout. */
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

    /**
     * JSON as Python's {@code json.dumps} writes it.
     */
    static String json(@Nullable Object value, JsonStyle style) {
        StringBuilder out = new StringBuilder();
        json(value, style, 0, out);
        return out.toString();
    }

    /**
     * The style of JSON output.
     *
     * @param indent of a level, or null for everything on one line
     * @param comma between items
     * @param colon between a key and its value
     */
    record JsonStyle(@Nullable String indent, String comma, String colon, boolean ascii, boolean sorted) {}

    private static void json(@Nullable Object value, JsonStyle style, int level, StringBuilder out) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double number) {
            String text = floating(number);
            out.append(text.equals("nan") ? "NaN" : text.replace("inf", "Infinity"));
        } else if (value instanceof String text) {
            jsonText(text, style.ascii(), out);
        } else if (value instanceof List<?> || value instanceof Tuple) {
            jsonAll(PythonValues.iterate(value), "[]", item -> json(item, style, level + 1, out), style, level, out);
        } else if (value instanceof Map<?, ?> map) {
            jsonAll(
                    entries(map, style.sorted()),
                    "{}",
                    entry -> {
                        jsonText(jsonKey(entry.getKey()), style.ascii(), out);
                        out.append(style.colon());
                        json(entry.getValue(), style, level + 1, out);
                    },
                    style,
                    level,
                    out);
        } else {
            throw new TemplateError(PythonValues.kind(value) + " cannot be written as JSON");
        }
    }

    private static <T extends @Nullable Object> void jsonAll(
            List<T> items,
            String brackets,
            java.util.function.Consumer<T> write,
            JsonStyle style,
            int level,
            StringBuilder out) {
        String indent = style.indent();
        Function<Integer, String> newline = depth -> indent == null ? "" : "\n" + indent.repeat(depth);
        out.append(brackets.charAt(0));
        boolean first = true;
        for (T item : items) {
            if (!first) {
                out.append(style.comma());
            }
            out.append(newline.apply(level + 1));
            write.accept(item);
            first = false;
        }
        if (!items.isEmpty()) {
            out.append(newline.apply(level));
        }
        out.append(brackets.charAt(1));
    }

    private static List<Map.Entry<@Nullable Object, @Nullable Object>> entries(Map<?, ?> map, boolean sorted) {
        List<Map.Entry<@Nullable Object, @Nullable Object>> entries = new java.util.ArrayList<>();
        map.forEach((key, value) -> entries.add(new java.util.AbstractMap.SimpleEntry<>(key, value)));
        if (sorted) {
            entries.sort((left, right) -> PythonValues.compare(left.getKey(), right.getKey()));
        }
        return entries;
    }

    private static String jsonKey(@Nullable Object key) {
        if (key == null || key instanceof Boolean || key instanceof Long) {
            return String.valueOf(key);
        }
        if (key instanceof Double number) {
            return floating(number);
        }
        return PythonValues.text(key, "a key of JSON");
    }

    private static void jsonText(String text, boolean ascii, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\n\r\t\b\f".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("\"\\nrtbf".charAt(escape));
            } else if (c < 0x20 || (ascii && c > 0x7e)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
