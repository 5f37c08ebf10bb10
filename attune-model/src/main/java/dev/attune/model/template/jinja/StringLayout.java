package dev.attune.model.template.jinja;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str} that pad a text, cut it in three, or change the case of its words. */
final class StringLayout {
    private static final int MAX_WIDTH = 1_000_000;

    private StringLayout() {}

    static Object call(String text, String name, CallArguments arguments) {
        return switch (name) {
            case "ljust" -> padded(text, arguments, 0);
            case "rjust" -> padded(text, arguments, 1);
            case "center" -> padded(text, arguments, 0.5);
            case "zfill" -> zeroFilled(text, width(arguments.bind("width").get(0)));
            case "partition" -> partition(text, separator(arguments), text.indexOf(separator(arguments)), true);
            case "rpartition" -> partition(text, separator(arguments), text.lastIndexOf(separator(arguments)), false);
            case "swapcase" -> {
                arguments.none();
                yield swapped(text);
            }
            case "casefold" -> {
                arguments.none();
                yield text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
            }
            case "title" -> {
                arguments.none();
                yield title(text);
            }
            default -> {
                boolean holds = StringPredicates.holds(name, text);
                arguments.none();
                yield holds;
            }
        };
    }

    /** @param left the share of the padding that stands to the left of the text */
    private static String padded(String text, CallArguments arguments, double left) {
        List<@Nullable Object> bound = arguments.bind("width", "fillchar");
        long width = width(bound.get(0));
        String fill = Values.text(CallArguments.or(bound.get(1), " "), "the fill character");
        int pad = (int) Math.max(0, width - Text.length(text));
        int before = left == 0.5 ? pad / 2 + (int) (pad & width & 1) : (int) (pad * left);
        return fill.repeat(before) + text + fill.repeat(pad - before);
    }

    /** A text in the middle of a line, as the filter {@code center} writes it. */
    static String centered(String text, long width) {
        int pad = (int) Math.max(0, width(width) - Text.length(text));
        int before = pad / 2 + (int) (pad & width & 1);
        return " ".repeat(before) + text + " ".repeat(pad - before);
    }

    private static long width(@Nullable Object value) {
        long width = Values.whole(value);
        if (width > MAX_WIDTH) {
            throw TemplateError.unsupported("a text of " + width + " characters");
        }
        return width;
    }

    private static String zeroFilled(String text, long width) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        int zeros = (int) Math.max(0, width - Text.length(text));
        return signed ? text.charAt(0) + "0".repeat(zeros) + text.substring(1) : "0".repeat(zeros) + text;
    }

    private static String separator(CallArguments arguments) {
        String separator = Values.text(arguments.bind("sep").get(0), "the separator");
        if (separator.isEmpty()) {
            throw new TemplateError("the separator is empty");
        }
        return separator;
    }

    private static Tuple partition(String text, String separator, int at, boolean textFirst) {
        if (at < 0) {
            return new Tuple(textFirst ? List.of(text, "", "") : List.of("", "", text));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }

    private static String swapped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String letter = Character.toString(c);
            out.append(Character.isUpperCase(c) ? letter.toLowerCase(Locale.ROOT) : letter.toUpperCase(Locale.ROOT));
        });
        return out.toString();
    }

    /** Each letter that follows no letter is upper case, the others are lower case. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            String letter = Character.toString(c);
            out.append(inWord ? letter.toLowerCase(Locale.ROOT) : Text.capitalised(titleCase(c)));
            inWord = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
        }
        return out.toString();
    }

    private static String titleCase(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        return upper.codePointCount(0, upper.length()) == 1 ? Character.toString(Character.toTitleCase(c)) : upper;
    }
}
