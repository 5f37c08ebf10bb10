package dev.attune.training.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedReferenceTest {
    private static final List<TokenDocument> DOCUMENTS = Pairs.random(12).stream()
            .flatMap(pair -> Stream.of(pair.chosen(), pair.rejected()))
            .toList();

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private int loaded;

    private CachedReference reference(String identity, long seed) {
        return new CachedReference(
                () -> {
                    loaded++;
                    return TinyModels.causal(seed);
                },
                identity,
                true,
                folder.resolve("reference"),
                4,
                notes::add);
    }

    private static double[] direct(long seed) {
        try (CausalLm model = TinyModels.causal(seed)) {
            return SequenceLogProbabilities.sums(model, DOCUMENTS, 3);
        }
    }

    @Test
    void numbersAreComputedOnceAndReadWithTheSameBits() {
        double[] first = reference("a", 3).sums(DOCUMENTS.stream());
        assertThat(first).containsExactly(direct(3), within(1e-4));
        assertThat(reference("a", 3).sums(DOCUMENTS.stream())).isEqualTo(first);
        assertThat(loaded).isEqualTo(1);
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0)).startsWith("reference log-probabilities of 24 completions computed");
        assertThat(notes.get(1)).startsWith("reference log-probabilities read from");
    }

    /** Pitfalls 14: a run over some rows, and then one over all, leaves no row without its own number. */
    @Test
    void rowsThatAreNotThereAreComputed() {
        double[] some = reference("a", 3).sums(DOCUMENTS.stream().limit(7));
        double[] all = reference("a", 3).sums(DOCUMENTS.stream());
        assertThat(all).startsWith(some).containsExactly(direct(3), within(1e-4));
        assertThat(loaded).isEqualTo(2);
    }

    @Test
    void anotherReferenceHasItsOwnNumbers() {
        reference("a", 3).sums(DOCUMENTS.stream());
        assertThat(reference("b", 4).sums(DOCUMENTS.stream())).containsExactly(direct(4), within(1e-4));
        assertThat(reference("a", 3).file()).isNotEqualTo(reference("b", 4).file());
    }

    /** The same tokens with another border between prompt and completion are another row. */
    @Test
    void theKeyHoldsTokensAndTargets() {
        TokenDocument early = TokenDocument.completion(new int[] {5}, new int[] {6, 7, 3});
        TokenDocument late = TokenDocument.completion(new int[] {5, 6}, new int[] {7, 3});
        TokenDocument cut = TokenDocument.completion(new int[] {5}, new int[] {6, 7});
        double[] sums = reference("a", 3).sums(Stream.of(early, late, cut, early));
        assertThat(sums[0]).isLessThan(sums[1]).isLessThan(sums[2]).isEqualTo(sums[3]);
        assertThat(notes.get(0)).contains("of 3 completions");
    }
}
