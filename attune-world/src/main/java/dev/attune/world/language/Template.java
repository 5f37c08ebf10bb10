package dev.attune.world.language;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The inverse of {@link Wording}: extracts the values of a phrasing's slots from a finished text. */
public final class Template {
    private static final Pattern ENDS_IN_ARTICLE = Pattern.compile("(?i)\\ba $");

    private final Pattern pattern;
    private final Set<String> slots = new LinkedHashSet<>();

    public Template(String phrasing) {
        StringBuilder regex = new StringBuilder();
        Matcher slot = Wording.SLOT.matcher(phrasing);
        int end = 0;
        while (slot.find()) {
            regex.append(literal(phrasing.substring(end, slot.start())));
            String name = slot.group(1);
            regex.append(slots.add(name) ? "(?<" + name + ">.+?)" : "\\k<" + name + ">");
            end = slot.end();
        }
        regex.append(Pattern.quote(phrasing.substring(end)));
        // sentences begin with a capital letter
        pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    /** The pattern for "a", which {@link Wording#polish} changes to "an" before a vowel. */
    private static String literal(String text) {
        return ENDS_IN_ARTICLE.matcher(text).find()
                ? Pattern.quote(text.substring(0, text.length() - 1)) + "n? "
                : Pattern.quote(text);
    }

    /** The value of each slot; empty if the text has another phrasing. */
    public Optional<Map<String, String>> read(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches()
                ? Optional.of(slots.stream().collect(Collectors.toMap(Function.identity(), matcher::group)))
                : Optional.empty();
    }
}
