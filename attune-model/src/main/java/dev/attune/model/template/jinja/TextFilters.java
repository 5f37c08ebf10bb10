package dev.attune.model.template.jinja;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters that format texts. */
final class TextFilters {
    private TextFilters() {}

    /** The filter's value, or {@link CallArguments#ABSENT} if it is not one of these. */
    static @Nullable Object apply(String name, @Nullable Object value, CallArguments arguments) {
        return switch (name) {
            case "center" -> {
                Object width = CallArguments.or(arguments.bind("width").get(0), 80L);
                yield TextShapes.centred(Printing.str(value), TextShapes.width(PythonValues.integer(width)), " ");
            }
            case "format" -> {
                boolean both =
                        !arguments.named().isEmpty() && !arguments.positional().isEmpty();
                if (both) {
                    throw new TemplateError("format takes positional or named values, not both");
                }
                yield PercentFormat.format(
                        Printing.str(value),
                        arguments.named().isEmpty() ? new Tuple(arguments.positional()) : arguments.named());
            }
            case "truncate" -> truncated(Printing.str(value), arguments);
            case "wordcount" -> {
                arguments.none();
                yield (long) words(Printing.str(value));
            }
            case "wordwrap" -> Wrapping.wrapped(Printing.str(value), arguments);
            case "striptags" -> {
                arguments.none();
                yield HtmlFilters.stripped(Printing.str(value));
            }
            case "urlencode" -> {
                arguments.none();
                yield url(value);
            }
            case "filesizeformat" ->
                NumberFilters.fileSize(
                        PythonValues.number(value),
                        PythonValues.truth(
                                CallArguments.or(arguments.bind("binary").get(0), false)));
            default -> CallArguments.ABSENT;
        };
    }

    private static int words(String text) {
        return (int) java.util.regex.Pattern.compile("(?U)\\w+")
                .matcher(text)
                .results()
                .count();
    }

    private static String truncated(String text, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("length", "killwords", "end", "leeway");
        long length = PythonValues.integer(CallArguments.or(bound.get(0), 255L));
        String end = PythonValues.text(CallArguments.or(bound.get(2), "..."), "the end of truncate");
        long leeway = PythonValues.integer(CallArguments.or(bound.get(3), 5L));
        if (length < Text.length(end) || leeway < 0) {
            throw new TemplateError("truncate to " + length + " characters, fewer than its end has");
        }
        if (Text.length(text) <= length + leeway) {
            return text;
        }
        String kept = (String) Slices.slice(text, null, length - Text.length(end), null);
        boolean killWords = PythonValues.truth(CallArguments.or(bound.get(1), false));
        int space = kept.lastIndexOf(' ');
        return (killWords || space < 0 ? kept : kept.substring(0, space)) + end;
    }

    private static String url(@Nullable Object value) {
        if (value instanceof String || !(value instanceof Map || value instanceof List || value instanceof Tuple)) {
            return quoted(Printing.str(value), "/");
        }
        List<@Nullable Object> pairs = value instanceof Map ? Filters.pairs(value) : PythonValues.iterate(value);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            parts.add(PythonValues.iterate(pair).stream()
                    .map(part -> quoted(Printing.str(part), "").replace("%20", "+"))
                    .collect(Collectors.joining("=")));
        }
        return String.join("&", parts);
    }

    private static String quoted(String text, String safe) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "_.-~".indexOf(c) >= 0
                    || safe.indexOf(c) >= 0;
            out.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return out.toString();
    }
}
