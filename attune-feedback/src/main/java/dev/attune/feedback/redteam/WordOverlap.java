package dev.attune.feedback.redteam;

import dev.attune.core.text.PlainWords;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The runs of three words of a text, in which case and punctuation do not count; a shorter text is one run.
 *
 * @param runs distinct
 */
record WordOverlap(Set<String> runs) {
    private static final int WORDS = 3;

    static WordOverlap of(String text) {
        List<String> words = List.of(PlainWords.of(text).split(" ", -1));
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + WORDS <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + WORDS)));
        }
        return new WordOverlap(runs.isEmpty() ? Set.of(String.join(" ", words)) : runs);
    }

    /** Common runs over all runs of both (Jaccard), in [0, 1]; 1 for the same words. */
    double with(WordOverlap other) {
        long common = runs.stream().filter(other.runs::contains).count();
        return (double) common / (runs.size() + other.runs.size() - common);
    }
}
