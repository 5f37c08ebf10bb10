package dev.attune.studio.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.studio.page.WordDiff.Change;
import dev.attune.studio.page.WordDiff.Part;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordDiffTest {
    private static String text(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    @Test
    void changedWordsAreMarked() {
        assertThat(WordDiff.of("Turn the red key now.", "Turn the key right now."))
                .containsExactly(
                        new Part(Change.KEPT, "Turn the "),
                        new Part(Change.REMOVED, "red "),
                        new Part(Change.KEPT, "key "),
                        new Part(Change.ADDED, "right "),
                        new Part(Change.KEPT, "now."));
    }

    @Test
    void bothTextsCanBeReadInTheParts() {
        String before = "One two\n three four five six";
        String after = "One three\n four seven six eight";
        List<Part> parts = WordDiff.of(before, after);
        assertThat(text(WordDiff.old(parts)).split("\\s+")).containsExactly(before.split("\\s+"));
        assertThat(text(WordDiff.recent(parts))).isEqualTo(after);
    }

    @Test
    void textsWithLittleInCommonAreReplaced() {
        assertThat(WordDiff.of("Break the old door with force.", "I cannot help with that."))
                .containsExactly(
                        new Part(Change.REMOVED, "Break the old door with force."),
                        new Part(Change.ADDED, "I cannot help with that."));
        assertThat(WordDiff.of("", "New.")).containsExactly(new Part(Change.ADDED, "New."));
        assertThat(WordDiff.of("Same.", "Same.")).containsExactly(new Part(Change.KEPT, "Same."));
        assertThat(WordDiff.of("", "")).isEmpty();
    }

    @Test
    void longTextsThatDifferInOneWordAreCompared() {
        String words = "word ".repeat(5_000);
        assertThat(WordDiff.of(words + "old " + words, words + "new " + words))
                .extracting(Part::change)
                .containsExactly(Change.KEPT, Change.REMOVED, Change.ADDED, Change.KEPT);
    }
}
