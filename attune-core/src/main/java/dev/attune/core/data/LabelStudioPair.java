package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two texts that a Pairwise compares.
 *
 * @param names their keys, the left one first
 */
record LabelStudioPair(List<String> names) {
    private static final List<List<String>> ENDINGS = List.of(
            List.of("1", "2"),
            List.of("0", "1"),
            List.of("a", "b"),
            List.of("left", "right"),
            List.of("first", "second"),
            List.of("one", "two"));

    /** Keys of data about a text: the name of the model, a source, a score, a time. */
    private static final Pattern ABOUT = Pattern.compile(
            "(.*[_.\\- ])?(models?|model_?names?|engines?|llms?|authors?|systems?|sources?|ids?|names?|urls?|scores?|labels?"
                    + "|times?|dates?|versions?|langs?|languages?|tokens?|types?|agents?)([_.\\- ]?(\\d|a|b|left|right|first|second|one|two))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern MODEL =
            Pattern.compile("(.*[_.\\- ])?(model|model_?name|engine|llm)[_.\\- ]?", Pattern.CASE_INSENSITIVE);

    /** Whether a key holds data about a text and not a text. */
    static boolean isAbout(String name) {
        return ABOUT.matcher(name).matches();
    }

    /**
     * The keys that the result names, or two texts whose keys differ only in their endings.
     *
     * @param listed the names in the result
     */
    static LabelStudioPair of(ObjectNode data, List<String> listed) {
        if (listed.size() == 2 && listed.stream().allMatch(name -> Fields.has(data, name))) {
            return new LabelStudioPair(listed);
        }
        List<String> texts = data.propertyNames().stream()
                .filter(name -> data.get(name).isString() && !isAbout(name))
                .toList();
        List<List<String>> pairs = pairs(texts);
        if (pairs.size() == 1) {
            return new LabelStudioPair(pairs.get(0));
        }
        String found = pairs.isEmpty()
                ? "the texts " + String.join(", ", texts)
                : "several pairs of texts: "
                        + String.join(
                                "; ",
                                pairs.stream()
                                        .map(pair -> String.join(" and ", pair))
                                        .toList());
        throw new RowProblem(
                Fault.Kind.MISSING_KEY,
                "data",
                found,
                "one pair that differs in its endings, such as text1 and text2, or answer_a and answer_b, or a to_name that"
                        + " lists the keys");
    }

    private static List<List<String>> pairs(List<String> texts) {
        List<List<String>> pairs = new ArrayList<>();
        for (List<String> endings : ENDINGS) {
            Map<String, List<String>> stems = new TreeMap<>();
            texts.forEach(name -> {
                String ending = ending(name, endings);
                if (!ending.isEmpty()) {
                    String stem = name.substring(0, name.length() - ending.length());
                    stems.computeIfAbsent(stem, key -> new ArrayList<>()).add(name);
                }
            });
            stems.values().stream()
                    .filter(pair -> pair.size() == 2)
                    .map(pair -> pair.stream()
                            .sorted(Comparator.comparing(name -> endings.indexOf(ending(name, endings))))
                            .toList())
                    .forEach(pairs::add);
        }
        return pairs;
    }

    private static String ending(String name, List<String> endings) {
        String lower = name.toLowerCase(Locale.ROOT);
        return endings.stream().filter(lower::endsWith).findFirst().orElse("");
    }

    /** The model that wrote a text, if a key such as {@code model_a} names it. */
    @Nullable
    String model(RowKeys data, String name) {
        List<String> endings = ENDINGS.stream()
                .filter(both ->
                        names.stream().noneMatch(key -> ending(key, both).isEmpty()))
                .findFirst()
                .orElse(List.of());
        String ending = ending(name, endings);
        if (ending.isEmpty()) {
            return null;
        }
        Set<String> models = Set.copyOf(data.object().propertyNames().stream()
                .filter(key -> ending(key, endings).equals(ending)
                        && MODEL.matcher(key.substring(0, key.length() - ending.length()))
                                .matches())
                .toList());
        return models.size() == 1
                ? Fields.optionalName(data.object(), data.use(models.iterator().next()))
                : null;
    }
}
