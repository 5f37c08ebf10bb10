package dev.attune.model.template.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's methods that change a text's case or width. */
final class TextShapes {
    private TextShapes() {}

    static String call(String text, String name, CallArguments arguments) {
        return switch (name) {
            case "swapcase" -> {
                arguments.none();
                yield swapped(text);
            }
            case "title" -> {
                arguments.none();
                yield title(text);
            }
            case "zfill" ->
                zeros(text, PythonValues.integer(arguments.bind("width").get(0)));
            case "expandtabs" ->
                expanded(
                        text,
                        PythonValues.integer(
                                CallArguments.or(arguments.bind("tabsize").get(0), 8L)));
            case "ljust" -> padded(text, arguments, '<');
            case "rjust" -> padded(text, arguments, '>');
            default -> padded(text, arguments, '^');
        };
    }

    private static String padded(String text, CallArguments arguments, char align) {
        List<@Nullable Object> bound = arguments.bind("width", "fillchar");
        String fill = PythonValues.text(CallArguments.or(bound.get(1), " "), "the fill character");
        int width = width(PythonValues.integer(bound.get(0)));
        if (align == '^') {
            return centred(text, width, fill);
        }
        return NumberText.padded(text, new NumberText.Style(align, false, "", width, -1, false), fill.codePointAt(0));
    }

    /**
     * As Python's {@code str.center}: if the padding is odd, the larger half is on the left if the width is odd too.
     */
    static String centred(String text, int width, String fill) {
        long missing = Math.max(0, width - Text.length(text));
        long left = missing / 2 + (missing & width & 1);
        return fill.repeat((int) left) + text + fill.repeat((int) (missing - left));
    }

    static int width(long width) {
        if (width > 100_000) {
            throw TemplateError.unsupported("a width of " + width);
        }
        return (int) Math.max(0, width);
    }

    private static String zeros(String text, long width) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        long missing = Math.max(0, width(width) - Text.length(text));
        return (signed ? text.substring(0, 1) : "") + "0".repeat((int) missing) + text.substring(signed ? 1 : 0);
    }

    private static String swapped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            out.append(
                    Character.isUpperCase(c)
                            ? one.toLowerCase(java.util.Locale.ROOT)
                            : one.toUpperCase(java.util.Locale.ROOT));
        });
        return out.toString();
    }

    /** Upper case for each letter after a character that is not a letter. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean cased = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = cased;
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static String expanded(String text, long size) {
        StringBuilder out = new StringBuilder();
        long column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                long spaces = size <= 0 ? 0 : size - column % size;
                out.append(" ".repeat((int) spaces));
                column += spaces;
            } else {
                out.append(c);
                column = c == '\n' || c == '\r' ? 0 : column + (Character.isLowSurrogate(c) ? 0 : 1);
            }
        }
        return out.toString();
    }
}
