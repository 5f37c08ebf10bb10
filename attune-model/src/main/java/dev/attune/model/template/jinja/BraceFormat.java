package dev.attune.model.template.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code '{} {name:>5}'.format(...)}, with fields that are plain names or numbers. */
final class BraceFormat {
    private static final Pattern FIELD =
            Pattern.compile("\\{(\\w*)((?:\\.\\w+|\\[\\w+])*)(?:!([rs]))?(?::([^{}]*))?\\}");
    private static final Pattern SPEC =
            Pattern.compile("(?:(.)?([<>^]))?([-+ ])?(0)?(\\d+)?(,)?(?:\\.(\\d+))?([a-zA-Z%])?", Pattern.DOTALL);

    private BraceFormat() {}

    static String format(String format, CallArguments arguments) {
        StringBuilder out = new StringBuilder();
        Matcher field = FIELD.matcher(format);
        int next = 0;
        for (int i = 0; i < format.length(); ) {
            char c = format.charAt(i);
            boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                out.append(c);
                i += 2;
            } else if (c == '{' && field.find(i) && field.start() == i) {
                String name = field.group(1);
                Object value = name.isEmpty() ? positional(arguments, next++) : named(arguments, name);
                out.append(one(path(value, field.group(2)), field.group(3), field.group(4)));
                i = field.end();
            } else if (c == '{' || c == '}') {
                throw TemplateError.unsupported("the format '" + format + "'");
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static @Nullable Object path(@Nullable Object value, String path) {
        Object found = value;
        Matcher step = Pattern.compile("\\.(\\w+)|\\[(\\w+)]").matcher(path);
        while (step.find()) {
            String key = step.group(2);
            found = key == null
                    ? Attributes.attribute(found, step.group(1))
                    : Attributes.item(found, key.matches("\\d{1,9}") ? (Object) Long.valueOf(key) : key);
            if (found instanceof Undefined undefined) {
                throw undefined.error();
            }
        }
        return found;
    }

    private static @Nullable Object positional(CallArguments arguments, int index) {
        if (index >= arguments.positional().size()) {
            throw new TemplateError("the format has no value " + index);
        }
        return arguments.positional().get(index);
    }

    private static @Nullable Object named(CallArguments arguments, String name) {
        if (name.matches("\\d{1,9}")) {
            return positional(arguments, Integer.parseInt(name));
        }
        if (!arguments.named().containsKey(name)) {
            throw new TemplateError("the format has no value '" + name + "'");
        }
        return arguments.named().get(name);
    }

    private static String one(@Nullable Object value, @Nullable String conversion, @Nullable String spec) {
        Object shown = conversion == null
                ? value
                : conversion.equals("r") ? (Object) Printing.repr(value) : Printing.str(value);
        if (spec == null || spec.isEmpty()) {
            return Printing.str(shown);
        }
        Matcher parts = SPEC.matcher(spec);
        if (!parts.matches()) {
            throw TemplateError.unsupported("the format ':" + spec + "'");
        }
        boolean number = PythonValues.isNumber(shown) && !(shown instanceof Boolean);
        int fill = parts.group(1) == null ? ' ' : parts.group(1).codePointAt(0);
        NumberText.Style style = new NumberText.Style(
                parts.group(2) == null ? (number ? '>' : '<') : parts.group(2).charAt(0),
                parts.group(4) != null && parts.group(2) == null,
                parts.group(3) == null || parts.group(3).equals("-") ? "" : parts.group(3),
                parts.group(5) == null ? 0 : Integer.parseInt(parts.group(5)),
                parts.group(7) == null ? -1 : Integer.parseInt(parts.group(7)),
                parts.group(6) != null);
        char kind = parts.group(8) == null ? ' ' : parts.group(8).charAt(0);
        NumberText.Style bare = new NumberText.Style('<', false, style.plus(), 0, style.precision(), style.commas());
        NumberText.Style used = style.zeros() ? style : bare;
        return NumberText.padded(written(shown, kind, used, number), style, fill);
    }

    private static String written(@Nullable Object value, char kind, NumberText.Style style, boolean number) {
        if (!number) {
            if (kind != ' ' && kind != 's') {
                throw TemplateError.unsupported("the format '" + kind + "' of " + PythonValues.kind(value));
            }
            String text = Printing.str(value);
            boolean cut = style.precision() >= 0 && style.precision() < Text.length(text);
            return cut ? text.substring(0, text.offsetByCodePoints(0, style.precision())) : text;
        }
        return switch (kind) {
            case 'd' -> NumberText.integer(PythonValues.integer(value), 10, false, style);
            case 'x', 'X' -> NumberText.integer(PythonValues.integer(value), 16, kind == 'X', style);
            case 'o' -> NumberText.integer(PythonValues.integer(value), 8, false, style);
            case 'b' -> NumberText.integer(PythonValues.integer(value), 2, false, style);
            case 'f', 'F', 'e', 'E', 'g', 'G', '%' -> NumberText.fraction(PythonValues.number(value), kind, style);
            case ' ' -> {
                if (value instanceof Double && style.precision() >= 0) {
                    throw TemplateError.unsupported("a precision without a kind in a format");
                }
                yield value instanceof Double fraction
                        ? Printing.floating(fraction)
                        : NumberText.integer(PythonValues.integer(value), 10, false, style);
            }
            default -> throw TemplateError.unsupported("the format '" + kind + "'");
        };
    }
}
