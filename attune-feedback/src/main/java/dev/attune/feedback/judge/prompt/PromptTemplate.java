package dev.attune.feedback.judge.prompt;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.judge.reply.Form;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a judge's prompt with places for what is judged, such as {@code {question}}. Each place is filled once, in
 * one pass: braces in what is filled in, and other braces of the template, appear as typed. Words in square or angle
 * brackets on a line of their own, such as {@code [END ANSWER]}, are marks of blocks.
 */
public record PromptTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)\\}");
    private static final Pattern MARK =
            Pattern.compile("(?m)^\\s*(\\[[^\\[\\]{}\\n]{1,60}\\]|</?[^<>{}\\n]{1,60}>)\\s*$");

    /**
     * Checks that the template has a place for each of these names.
     *
     * @throws BadInputException naming the first that is missing
     */
    public PromptTemplate require(Set<String> names) {
        for (String name : names) {
            if (!text.contains("{" + name + "}")) {
                throw BadInputException.at(
                        "judge template", "no place {" + name + "}", "places " + names, "add {" + name + "}");
            }
        }
        return this;
    }

    /** The marks of the blocks. */
    public List<String> marks() {
        return MARK.matcher(text)
                .results()
                .map(mark -> mark.group(1))
                .distinct()
                .toList();
    }

    /**
     * The prompt.
     *
     * @param judged texts by the name of their place; they are {@linkplain Defused defused}
     * @param own texts by the name of their place that the judge's maker wrote, such as a principle
     * @param form of the verdict that is asked for
     */
    public String fill(Map<String, String> judged, Map<String, String> own, Form form) {
        List<String> marks = marks();
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(filled(place, judged, own, marks, form)));
    }

    private static String filled(
            MatchResult place, Map<String, String> judged, Map<String, String> own, List<String> marks, Form form) {
        String text = judged.get(place.group(1));
        return text == null ? own.getOrDefault(place.group(1), place.group()) : Defused.text(text, marks, form);
    }
}
