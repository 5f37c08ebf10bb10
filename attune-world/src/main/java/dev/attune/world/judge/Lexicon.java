package dev.attune.world.judge;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds listed values in a text: the longest first, whole words only. */
final class Lexicon {
    private final Pattern pattern;
    private final Map<String, String> values = new HashMap<>();

    /** @param forms values by their forms in a text */
    Lexicon(Map<String, String> forms) {
        forms.forEach((form, value) -> values.put(form.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT)));
        String alternatives = values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        pattern = Pattern.compile("(?<![\\w-])(?:" + alternatives + ")(?![\\w-])");
    }

    static Lexicon of(List<String> values) {
        return new Lexicon(values.stream().distinct().collect(Collectors.toMap(v -> v, v -> v)));
    }

    /** The values that a lower-case text mentions, in order. */
    Set<String> in(String plain) {
        Set<String> found = new LinkedHashSet<>();
        var matcher = pattern.matcher(plain);
        while (matcher.find()) {
            String value = values.get(matcher.group());
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }
}
