package dev.attune.world.language;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills placeholders such as {@code {e}} and corrects the result: capital letters at sentence starts, "an" for "a". */
public final class Wording {
    static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ARTICLE = Pattern.compile("\\b([Aa]) (?=[aeiouAEIOU])");
    private static final Pattern SENTENCE_START = Pattern.compile("(^|[.?!] )([a-z])");

    private Wording() {}

    /** Replaces the slots named in {@code values}; others stay. */
    public static String fill(String pattern, Map<String, String> values) {
        Matcher matcher = SLOT.matcher(pattern);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? matcher.group() : value));
        }
        return matcher.appendTail(out).toString();
    }

    /** The finished text. */
    public static String polish(String text) {
        String spaced = text.replaceAll("\\s+", " ").strip();
        String articled = ARTICLE.matcher(spaced).replaceAll("$1n ");
        return SENTENCE_START
                .matcher(articled)
                .replaceAll(
                        m -> Matcher.quoteReplacement(m.group(1) + m.group(2).toUpperCase(java.util.Locale.ROOT)));
    }

    public static boolean mentions(String pattern, String slot) {
        return pattern.contains("{" + slot + "}");
    }
}
