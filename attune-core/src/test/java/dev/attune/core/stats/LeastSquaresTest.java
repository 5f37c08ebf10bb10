package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    /** The line through (0, 0), (1, 1), (2, 1) has slope 1/2 and passes through the means, (1, 2/3). */
    @Test
    void fitsALine() {
        double[] line = LeastSquares.fit(new double[][] {{1, 0}, {1, 1}, {1, 2}}, new double[] {0, 1, 1})
                .orElseThrow();
        assertThat(line).containsExactly(new double[] {1 / 6.0, 0.5}, within(1e-12));
    }

    @Test
    void columnsThatGoTogetherDetermineNothing() {
        assertThat(LeastSquares.fit(new double[][] {{1, 2}, {2, 4}, {3, 6}}, new double[] {1, 2, 3}))
                .isEmpty();
        assertThat(LeastSquares.fit(new double[][] {{1, 2}}, new double[] {1})).isEmpty();
    }

    @Test
    void ranksShareTheirPlaceInSpearmansCorrelation() {
        assertThat(Spearman.correlation(new double[] {1, 1, 2}, new double[] {3, 3, 9}))
                .isCloseTo(1, within(1e-12));
        assertThat(Spearman.correlation(new double[] {1, 2, 3}, new double[] {4, 4, 4}))
                .isZero();
    }
}
