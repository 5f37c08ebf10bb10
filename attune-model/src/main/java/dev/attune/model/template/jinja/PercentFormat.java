package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code 'text %s' % values}. */
final class PercentFormat {
    private static final Pattern FIELD =
            Pattern.compile("%(?:\\((\\w+)\\))?([-+ 0#]*)(\\d+)?(?:\\.(\\d+))?([a-zA-Z%])");

    private PercentFormat() {}

    static String format(String format, @Nullable Object given) {
        List<@Nullable Object> values =
                given instanceof Tuple tuple ? tuple.items() : java.util.Collections.singletonList(given);
        StringBuilder out = new StringBuilder();
        Matcher field = FIELD.matcher(format);
        int at = 0;
        int used = 0;
        boolean named = false;
        while (format.indexOf('%', at) >= 0) {
            int percent = format.indexOf('%', at);
            if (!field.find(percent) || field.start() != percent) {
                throw TemplateError.unsupported("the format '" + format + "'");
            }
            out.append(format, at, percent);
            at = field.end();
            if (field.group(5).equals("%")) {
                out.append('%');
                continue;
            }
            Object value;
            if (field.group(1) != null) {
                named = true;
                value = named(given, field.group(1));
            } else if (used < values.size()) {
                value = values.get(used++);
            } else {
                throw new TemplateError("not enough values for the format '" + format + "'");
            }
            out.append(one(field, value));
        }
        if (!named && used < values.size() && !(given instanceof Map)) {
            throw new TemplateError("too many values for the format '" + format + "'");
        }
        return out.append(format.substring(at)).toString();
    }

    private static @Nullable Object named(@Nullable Object given, String name) {
        if (given instanceof Map<?, ?> map && map.containsKey(name)) {
            return map.get(name);
        }
        throw new TemplateError("the format has no value '" + name + "'");
    }

    private static String one(Matcher field, @Nullable Object value) {
        String flags = field.group(2);
        String precision = field.group(4);
        NumberText.Style style = new NumberText.Style(
                flags.contains("-") ? '<' : '>',
                flags.contains("0") && !flags.contains("-"),
                flags.contains("+") ? "+" : flags.contains(" ") ? " " : "",
                field.group(3) == null ? 0 : Integer.parseInt(field.group(3)),
                precision == null ? -1 : Integer.parseInt(precision),
                false);
        char kind = field.group(5).charAt(0);
        if (flags.contains("#")) {
            throw TemplateError.unsupported("the flag # of a format");
        }
        return switch (kind) {
            case 's' -> NumberText.padded(cut(Printing.str(value), style), style, ' ');
            case 'r' -> NumberText.padded(cut(Printing.repr(value), style), style, ' ');
            case 'c' -> NumberText.padded(PythonValues.text(value, "a character"), style, ' ');
            case 'd', 'i', 'u' -> NumberText.integer(integer(value), 10, false, style);
            case 'x', 'X' -> NumberText.integer(PythonValues.integer(value), 16, kind == 'X', style);
            case 'o' -> NumberText.integer(PythonValues.integer(value), 8, false, style);
            case 'f', 'F', 'e', 'E', 'g', 'G' -> NumberText.fraction(PythonValues.number(value), kind, style);
            default -> throw TemplateError.unsupported("the format %" + kind);
        };
    }

    private static long integer(@Nullable Object value) {
        return value instanceof Double number ? (long) number.doubleValue() : PythonValues.integer(value);
    }

    private static String cut(String text, NumberText.Style style) {
        return style.precision() >= 0 && style.precision() < Text.length(text)
                ? text.substring(0, text.offsetByCodePoints(0, style.precision()))
                : text;
    }
}
