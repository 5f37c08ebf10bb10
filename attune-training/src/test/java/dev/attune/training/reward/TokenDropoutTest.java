package dev.attune.training.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.transformer.RewardSequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDropoutTest {
    private static final int LENGTH = 10_001;
    private static final Comparison COMPARISON = new Comparison(
            List.of(
                    new RewardSequence(IntStream.range(0, LENGTH).toArray(), 4_000),
                    new RewardSequence(new int[] {7}, 0)),
            List.of(LENGTH, 1),
            List.of(new Comparison.Pair(0, 1, 1, 0, 1)),
            List.of());

    @Test
    void leavesOutItsShareInOrderAndKeepsTheLastToken() {
        int[] kept = thin(0.3, 1);
        // 10,000 draws at 0.7: mean 7,000 and standard deviation sqrt(10,000 * 0.7 * 0.3) = 45.8, and the last token
        assertThat(kept.length).isCloseTo(7_001, within(5 * 46));
        assertThat(kept).isSorted().doesNotHaveDuplicates();
        assertThat(kept[kept.length - 1]).isEqualTo(LENGTH - 1);
        Comparison thinned =
                new TokenDropout(0.99, 5).thin(List.of(COMPARISON), 1).get(0);
        assertThat(thinned.sequences().get(1).tokens()).containsExactly(7);
        assertThat(thinned.pairs()).isEqualTo(COMPARISON.pairs());
    }

    @Test
    void drawsAnewAtEachStepAndAlwaysTheSameForAStep() {
        assertThat(thin(0.3, 1)).isEqualTo(thin(0.3, 1)).isNotEqualTo(thin(0.3, 2));
    }

    @Test
    void withoutAShareNothingChanges() {
        List<Comparison> batch = List.of(COMPARISON);
        assertThat(new TokenDropout(0, 5).thin(batch, 1)).isSameAs(batch);
        assertThat(Arrays.stream(thin(0, 1)).count()).isEqualTo(LENGTH);
    }

    @Test
    void theCompletionBeginsWithItsFirstTokenThatIsLeft() {
        RewardSequence thinned = thinned(0.3, 1);
        int start = thinned.completionStart();
        assertThat(thinned.tokens()[start - 1]).isLessThan(4_000);
        assertThat(thinned.tokens()[start]).isGreaterThanOrEqualTo(4_000);
    }

    private static int[] thin(double share, int step) {
        return thinned(share, step).tokens();
    }

    private static RewardSequence thinned(double share, int step) {
        return new TokenDropout(share, 5)
                .thin(List.of(COMPARISON), step)
                .get(0)
                .sequences()
                .get(0);
    }
}
