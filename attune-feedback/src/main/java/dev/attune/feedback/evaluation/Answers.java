package dev.attune.feedback.evaluation;

import dev.attune.core.model.TextCompletion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What every measure that reads answers reports of their texts. */
final class Answers {
    static final String WORDS = "words";
    static final String CUT_OFF = "cut_off";

    private Answers() {}

    static void describe(TextCompletion answer, Map<String, Double> values) {
        values.put(WORDS, (double) words(answer.text()));
        values.put(CUT_OFF, answer.stop() == TextCompletion.StopReason.LENGTH ? 1.0 : 0.0);
    }

    private static int words(String text) {
        String plain = text.strip();
        return plain.isEmpty() ? 0 : plain.split("\\s+").length;
    }

    /** Adds the mean length and the share of answers that the token limit ended. */
    static Readings readings(Readings readings) {
        return readings.mean(WORDS, Goal.NEITHER).overall(CUT_OFF, Goal.LOWER);
    }

    /** A note on how many of the answers are different texts. */
    static String distinct(List<Item> items) {
        Set<String> texts = new HashSet<>();
        items.forEach(item -> texts.add(item.answer()));
        return texts.size() + " of " + items.size() + " answers are distinct texts";
    }
}
