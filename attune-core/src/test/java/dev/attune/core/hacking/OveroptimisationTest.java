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
    void findsTheCurveOfReinforcementLearningAndItsSummit() {
        double[] scores = {
            1, 3, 1 + 2 * (2 - 0.5 * Math.log(2)), 1 + 4 * (2 - 0.5 * Math.log(4)), 1 + 8 * (2 - 0.5 * Math.log(8))
        };
        Overoptimisation curve = Overoptimisation.fit(Law.REINFORCEMENT_LEARNING, DISTANCES, scores)
                .orElseThrow();
        assertThat(curve.start()).isCloseTo(1, within(1e-9));
        assertThat(curve.alpha()).isCloseTo(2, within(1e-9));
        assertThat(curve.beta()).isCloseTo(0.5, within(1e-9));
        assertThat(curve.rSquared()).isCloseTo(1, within(1e-9));
        assertThat(curve.peak().orElseThrow()).as("e^(2 / 0.5 - 1)").isCloseTo(20.085537, within(1e-5));
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
    void aCurveThatOnlyRisesHasNoSummit() {
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
