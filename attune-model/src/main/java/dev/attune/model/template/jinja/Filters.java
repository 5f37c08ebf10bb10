package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters after {@code |}. Those that iterate over lists are in {@link ListFilters}. */
final class Filters {
    private static final Pattern WORD_STARTS = Pattern.compile("(?U)(?<=[-\\s(\\{\\[<])|(?=[-\\s(\\{\\[<])");

    private Filters() {}

    static @Nullable Object apply(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "trim" ->
                StringMethods.stripped(
                        Printing.str(value),
                        CallArguments.or(arguments.bind("chars").get(0), null),
                        true,
                        true);
            case "upper" -> text(value, arguments).toUpperCase(Locale.ROOT);
            case "lower" -> text(value, arguments).toLowerCase(Locale.ROOT);
            case "capitalize" -> Text.capitalised(text(value, arguments));
            case "title" -> title(text(value, arguments));
            case "string" -> text(value, arguments);
            case "length", "count" -> {
                arguments.none();
                yield PythonValues.length(value);
            }
            case "list" -> {
                arguments.none();
                yield new ArrayList<>(PythonValues.iterate(value));
            }
            case "default", "d" -> defaulted(value, arguments);
            case "join" -> joined(value, arguments);
            case "replace" -> replaced(value, arguments);
            case "tojson" -> json(value, arguments);
            case "indent" -> indented(value, arguments);
            case "int" -> integer(value, arguments);
            case "float" -> floating(value, arguments);
            case "abs" -> absolute(value, arguments);
            case "round" -> NumberFilters.rounded(value, arguments);
            case "attr" ->
                Attributes.attributeAlone(
                        value, PythonValues.text(arguments.bind("name").get(0), "the attribute"));
            default -> {
                Object text = TextFilters.apply(name, value, arguments);
                yield text == CallArguments.ABSENT ? ListFilters.apply(name, value, arguments) : text;
            }
        };
    }

    private static String text(@Nullable Object value, CallArguments arguments) {
        arguments.none();
        return Printing.str(value);
    }

    private static String title(String text) {
        return WORD_STARTS.splitAsStream(text).map(Text::capitalised).collect(Collectors.joining());
    }

    private static @Nullable Object defaulted(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("default_value", "boolean");
        boolean falseToo = PythonValues.truth(CallArguments.or(bound.get(1), false));
        boolean missing = value instanceof Undefined || (falseToo && !PythonValues.truth(value));
        return missing ? CallArguments.or(bound.get(0), "") : value;
    }

    private static String joined(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("d", "attribute");
        Object attribute = CallArguments.or(bound.get(1), null);
        return PythonValues.iterate(value).stream()
                .map(item -> attribute == null ? item : Attributes.item(item, attribute))
                .map(Printing::str)
                .collect(Collectors.joining(Printing.str(CallArguments.or(bound.get(0), ""))));
    }

    private static String replaced(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("old", "new", "count");
        Object maxCount = CallArguments.or(bound.get(2), null);
        return StringMethods.replaced(
                Printing.str(value), Printing.str(bound.get(0)), Printing.str(bound.get(1)), maxCount);
    }

    private static String json(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("ensure_ascii", "indent", "separators", "sort_keys");
        Object indent = CallArguments.or(bound.get(1), null);
        Object separators = CallArguments.or(bound.get(2), null);
        List<@Nullable Object> both = separators == null ? List.of() : PythonValues.iterate(separators);
        return Printing.json(
                value,
                new Printing.JsonStyle(
                        indent == null || indent instanceof String
                                ? (String) indent
                                : spaces(PythonValues.integer(indent)),
                        both.isEmpty() ? (indent == null ? ", " : ",") : PythonValues.text(both.get(0), "a separator"),
                        both.isEmpty() ? ": " : PythonValues.text(both.get(1), "a separator"),
                        PythonValues.truth(CallArguments.or(bound.get(0), false)),
                        PythonValues.truth(CallArguments.or(bound.get(3), false))));
    }

    private static String spaces(long count) {
        if (count > 1000) {
            throw TemplateError.unsupported("an indentation of " + count);
        }
        return " ".repeat((int) Math.max(0, count));
    }

    private static String indented(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("width", "first", "blank");
        Object width = CallArguments.or(bound.get(0), 4L);
        String indent = width instanceof String text ? text : spaces(PythonValues.integer(width));
        boolean first = PythonValues.truth(CallArguments.or(bound.get(1), false));
        boolean blank = PythonValues.truth(CallArguments.or(bound.get(2), false));
        List<@Nullable Object> lines = StringMethods.lines(PythonValues.text(value, "the text to indent") + "\n");
        StringBuilder out = new StringBuilder(first ? indent : "");
        for (int i = 0; i < lines.size(); i++) {
            String line = String.valueOf(lines.get(i));
            out.append(i == 0 ? "" : "\n")
                    .append(i > 0 && (blank || !line.isEmpty()) ? indent : "")
                    .append(line);
        }
        return out.toString();
    }

    private static @Nullable Object integer(@Nullable Object value, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("default", "base");
        Object otherwise = CallArguments.or(bound.get(0), 0L);
        int base = (int) PythonValues.integer(CallArguments.or(bound.get(1), 10L));
        if (value instanceof Boolean || value instanceof Long) {
            return PythonValues.integer(value);
        }
        try {
            if (value instanceof Double number) {
                return (long) number.doubleValue();
            }
            return value instanceof String text
                    ? integer(Text.leftStripped(Text.rightStripped(text)), base)
                    : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static long integer(String text, int base) {
        if (base != 10) {
            return NumberFilters.inBase(text, base);
        }
        return text.matches("[-+]?[0-9]+") ? Long.parseLong(text) : (long) plain(text);
    }

    private static double plain(String text) {
        if (!text.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }

    private static @Nullable Object floating(@Nullable Object value, CallArguments arguments) {
        Object otherwise = CallArguments.or(arguments.bind("default").get(0), 0.0);
        if (PythonValues.isNumber(value)) {
            return PythonValues.number(value);
        }
        try {
            return value instanceof String text ? plain(Text.leftStripped(Text.rightStripped(text))) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static Object absolute(@Nullable Object value, CallArguments arguments) {
        arguments.none();
        return value instanceof Double number
                ? (Object) Math.abs(number)
                : (Object) Math.abs(PythonValues.integer(value));
    }

    /** The order of {@code dictsort} and {@code sort}: case-insensitive by default. */
    static Comparator<@Nullable Object> order(boolean caseSensitive, boolean reverse) {
        Comparator<@Nullable Object> order =
                (left, right) -> PythonValues.compare(folded(left, caseSensitive), folded(right, caseSensitive));
        return reverse ? order.reversed() : order;
    }

    private static @Nullable Object folded(@Nullable Object value, boolean caseSensitive) {
        return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
    }

    /** The entries of a dict as pairs. */
    static List<@Nullable Object> pairs(@Nullable Object value) {
        if (value instanceof Undefined) {
            return List.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new TemplateError(PythonValues.kind(value) + " has no items");
        }
        List<@Nullable Object> pairs = new ArrayList<>();
        map.forEach((key, item) -> pairs.add(new Tuple(java.util.Arrays.asList(key, item))));
        return pairs;
    }
}
