package dev.attune.model.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** jinja2's {@code wordwrap}: Python's text wrapping of each line, keeping white space inside lines. */
final class Wrapping {
    private static final Pattern CHUNK =
            Pattern.compile("\\s+|[^\\s-]*[^\\s\\W\\d_][^\\s-]*-(?=\\w)|\\S+?(?=\\s|$)|\\S+");

    private Wrapping() {}

    static String wrapped(String text, CallArguments arguments) {
        List<@Nullable Object> bound = arguments.bind("width", "break_long_words", "wrapstring", "break_on_hyphens");
        int width = TextShapes.width(PythonValues.integer(CallArguments.or(bound.get(0), 79L)));
        boolean breaks = PythonValues.truth(CallArguments.or(bound.get(1), true));
        Object separator = CallArguments.or(bound.get(2), null);
        String newline = separator == null ? "\n" : PythonValues.text(separator, "the wrapstring");
        if (text.contains("-")) {
            throw TemplateError.unsupported("wordwrap of a text with hyphens");
        }
        if (width < 1) {
            throw new TemplateError("wordwrap to a width below 1");
        }
        return StringMethods.lines(text).stream()
                .map(line -> String.join(newline, wrapped(String.valueOf(line), width, breaks)))
                .collect(Collectors.joining(newline));
    }

    private static List<String> wrapped(String line, int width, boolean breaks) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        Matcher chunks = CHUNK.matcher(line);
        while (chunks.find()) {
            String chunk = chunks.group();
            if (chunk.isBlank() && current.isEmpty() && !lines.isEmpty()) {
                continue;
            }
            while (current.length() + chunk.length() > width) {
                boolean tooLong = chunk.length() > width;
                if (tooLong && breaks && width > current.length()) {
                    int room = width - current.length();
                    current.append(chunk, 0, room);
                    chunk = chunk.substring(room);
                } else if (tooLong && !breaks && current.isEmpty()) {
                    current.append(chunk);
                    chunk = "";
                }
                if (!current.isEmpty()) {
                    lines.add(Text.rightStripped(current.toString()));
                    current.setLength(0);
                }
                chunk = chunk.isBlank() ? "" : chunk;
                if (chunk.isEmpty()) {
                    break;
                }
            }
            current.append(chunk);
        }
        if (!current.isEmpty()) {
            lines.add(Text.rightStripped(current.toString()));
        }
        return lines;
    }
}
