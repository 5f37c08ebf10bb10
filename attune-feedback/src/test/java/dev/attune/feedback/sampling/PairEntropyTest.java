package dev.attune.feedback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.RunFailedException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairEntropyTest {
    /** With p = sigmoid(1) = 0.731059: -p ln p - (1 - p) ln(1 - p) = 0.229002 + 0.353201. */
    @Test
    void ofPairsByHand() {
        assertThat(PairEntropy.of(0)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(PairEntropy.of(1)).isCloseTo(0.582203, within(1e-6));
        assertThat(PairEntropy.of(-1)).isEqualTo(PairEntropy.of(1));
        assertThat(PairEntropy.of(Math.log(3)))
                .as("three to one")
                .isCloseTo(0.75 * Math.log(4 / 3.0) + 0.25 * Math.log(4), within(1e-12));
        assertThat(PairEntropy.of(1e9)).isZero();
    }

    @Test
    void theClosestPairIsChosen() {
        PairEntropy.Choice choice = new PairEntropy(new double[] {3.0, -1.0, 0.5, 2.0}).choose(2);
        assertThat(choice.places()).containsExactly(0, 3);
        assertThat(choice.meanEntropy()).isCloseTo(0.582203, within(1e-6));
    }

    /**
     * Two groups of equal scores and one between: 6 pairs within groups at ln 2 beat a chain, though the chain is closer
     * together.
     */
    @Test
    void theMeanOverPairsCountsAndNotTheRange() {
        PairEntropy.Choice choice = new PairEntropy(new double[] {0, 0, 0, 5, 10, 10, 10}).choose(6);
        assertThat(choice.places()).containsExactly(0, 1, 2, 4, 5, 6);
        assertThat(choice.meanEntropy()).isCloseTo((6 * Math.log(2) + 9 * PairEntropy.of(10)) / 15, within(1e-12));
    }

    @Test
    void tenOfTwentyAreFoundAtOnce() {
        double[] scores = IntStream.range(0, 20)
                .mapToDouble(i -> i < 10 ? i : 100 + 0.01 * i)
                .toArray();
        assertThat(new PairEntropy(scores).choose(10).places()).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void scoresAreNumbers() {
        assertThatThrownBy(() -> new PairEntropy(new double[] {1, Double.NaN}))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("NaN");
    }
}
