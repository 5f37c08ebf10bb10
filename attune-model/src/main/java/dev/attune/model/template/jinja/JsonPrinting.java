package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** JSON as Python's {@code json.dumps} writes it. */
final class JsonPrinting {
    private final JsonStyle style;
    private final StringBuilder out = new StringBuilder();

    private JsonPrinting(JsonStyle style) {
        this.style = style;
    }

    static String json(@Nullable Object value, JsonStyle style) {
        JsonPrinting printing = new JsonPrinting(style);
        printing.write(value, 0);
        return printing.out.toString();
    }

    private void write(@Nullable Object value, int level) {
        if (value == null || value instanceof Boolean || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double number) {
            String text = Printing.floating(number);
            out.append(text.equals("nan") ? "NaN" : text.replace("inf", "Infinity"));
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof List<?> || value instanceof Tuple) {
            all(Values.iterate(value), "[]", item -> write(item, level + 1), level);
        } else if (value instanceof Map<?, ?> map) {
            all(entries(map), "{}", entry -> entry(entry, level + 1), level);
        } else {
            throw new TemplateError(Values.kind(value) + " cannot be written as JSON");
        }
    }

    private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
        List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
        if (style.sortKeys()) {
            entries.sort((left, right) -> Values.compare(left.getKey(), right.getKey()));
        }
        return entries;
    }

    private void entry(Map.Entry<?, ?> entry, int level) {
        text(String.valueOf(entry.getKey()));
        out.append(style.keySeparator());
        write(entry.getValue(), level);
    }

    private <T extends @Nullable Object> void all(List<T> items, String brackets, Consumer<T> write, int level) {
        out.append(brackets.charAt(0));
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : style.itemSeparator());
            newLine(level + 1);
            write.accept(items.get(i));
        }
        if (!items.isEmpty()) {
            newLine(level);
        }
        out.append(brackets.charAt(1));
    }

    private void newLine(int level) {
        String indent = style.indent();
        if (indent != null) {
            out.append('\n').append(indent.repeat(level));
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\n\r\t\b\f".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("\"\\nrtbf".charAt(escape));
            } else if (c < 0x20 || (style.asciiOnly() && c > 0x7e)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
