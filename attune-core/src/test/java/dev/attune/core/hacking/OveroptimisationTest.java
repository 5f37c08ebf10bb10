package dev.attune.core.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.hacking.Overoptimisation.Law;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OveroptimisationTest {
    private static final double[] DISTANCES = {0, 1, 2, 4, 8};

    /** 1 + d (2 - 0.5 log d), written out. */
    @Test
    void findsTheCurveOfReinforcementLearning() {
        double[] scores = {
            1, 3, 1 + 2 * (2 - 0.5 * Math.log(2)), 1 + 4 * (2 - 0.5 * Math.log(4)), 1 + 8 * (2 - 0.5 * Math.log(8))
        };
        Overoptimisation curve = Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, DISTANCES, scores)
                .orElseThrow();
        assertThat(curve.start()).isCloseTo(1, within(1e-9));
        assertThat(curve.alpha()).isCloseTo(2, within(1e-9));
        assertThat(curve.beta()).isCloseTo(0.5, within(1e-9));
        assertThat(curve.rSquared()).isCloseTo(1, within(1e-9));
        assertThat(curve.peak())
                .as("e^(2 / 0.5 - 1) = 20.1, and nothing was measured beyond 8")
                .isEmpty();
        assertThat(curve.fall(8)).isZero();
    }

    /** 1 + d (1 - 0.5 log d) peaks at e^(1 / 0.5 - 1) = e; at d = 8 it is 1 + 8 - 4 log 8. */
    @Test
    void thePeakOfReinforcementLearningWithinTheMeasuredRange() {
        double[] scores = Arrays.stream(DISTANCES)
                .map(d -> 1 + d - (d == 0 ? 0 : 0.5 * d * Math.log(d)))
                .toArray();
        Overoptimisation curve = Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, DISTANCES, scores)
                .orElseThrow();
        assertThat(curve.peak().orElseThrow()).isCloseTo(Math.E, within(1e-6));
        assertThat(curve.fall(8)).isCloseTo((1 + Math.E - 0.5 * Math.E) - (1 + 8 - 4 * Math.log(8)), within(1e-6));
    }

    /** Measured from d = 4 on alone, the same curve only falls: from its value at 4. */
    @Test
    void aPeakBeforeTheMeasuredRangeIsNoPeak() {
        double[] distances = {4, 5, 6, 7, 8};
        double[] scores =
                Arrays.stream(distances).map(d -> 1 + d - 0.5 * d * Math.log(d)).toArray();
        Overoptimisation curve = Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, distances, scores)
                .orElseThrow();
        assertThat(curve.peak()).isEmpty();
        assertThat(curve.fall(8)).isCloseTo(scores[0] - scores[4], within(1e-6));
    }

    /** Almost straight: its peak is at d = e^(1 / 1e-3 - 1), far beyond what numbers hold. */
    @Test
    void anAlmostStraightLineHasNoPeak() {
        double[] scores = Arrays.stream(DISTANCES)
                .map(d -> d - (d == 0 ? 0 : 1e-3 * d * Math.log(d)))
                .toArray();
        assertThat(Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, DISTANCES, scores)
                        .orElseThrow()
                        .peak())
                .isEmpty();
    }

    /** 1 + d (2 - 0.25 d) is highest at 4, where it is 5. */
    @Test
    void findsTheCurveOfBestOfN() {
        double[] scores = {1, 2.75, 4, 5, 1};
        Overoptimisation curve =
                Overoptimisation.fit(Law.BEST_OF_N, DISTANCES, scores).orElseThrow();
        assertThat(curve.beta()).isCloseTo(0.25, within(1e-9));
        assertThat(curve.peak().orElseThrow()).isCloseTo(4, within(1e-9));
        assertThat(curve.at(4)).isCloseTo(5, within(1e-9));
    }

    @Test
    void aCurveThatOnlyRisesHasNoPeak() {
        double[] scores = Arrays.stream(DISTANCES).map(d -> d + 0.1 * d * d).toArray();
        assertThat(Overoptimisation.fit(Law.BEST_OF_N, DISTANCES, scores)
                        .orElseThrow()
                        .peak())
                .isEmpty();
    }

    @Test
    void pointsThatDetermineNothingGiveNoCurve() {
        assertThat(Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, new double[] {1, 2, 3, 4}, new double[4]))
                .isEmpty();
        assertThat(Overoptimisation.fit(
                        Law.REINFORCEMENT_LEARNING, new double[] {2, 2, 2, 2, 2, 2}, new double[] {1, 2, 3, 4, 5, 6}))
                .isEmpty();
    }
}
