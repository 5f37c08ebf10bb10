package dev.attune.core.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StopRuleTest {
    /** The tolerance for a share of 10,000. */
    private static final double FOUR_SIGMA = 0.02;

    private static final double[] RISING = {1, 2, 3, 4};

    /**
     * Squared differences 4 and 1: sigma^2 = 5 / 4, and the fall of 1 is 1 / sqrt(2 sigma^2) = 0.632 standard errors.
     */
    @Test
    void measuresTheFallInStandardErrors() {
        StopRule.Decision decision = new StopRule(1, 0.6).judge(RISING, new double[] {1, 3, 2});
        assertThat(decision.drop()).isCloseTo(1 / Math.sqrt(2.5), within(1e-12));
        assertThat(decision.first()).hasValue(2);
        assertThat(new StopRule(1, 0.7).judge(RISING, new double[] {1, 3, 2}).stops())
                .isFalse();
    }

    /** Means of two: 2, 4, 3; squared differences 4, 4, 16: sqrt(24 / 3 / 2) = 2. */
    @Test
    void comparesRunningMeans() {
        StopRule.Decision decision = new StopRule(2, 3).judge(RISING, new double[] {1, 3, 5, 1});
        assertThat(decision.drops()).containsExactly(0, 0, 0, 0.5);
    }

    @Test
    void saysNothingWhereTheOptimisedScoreFallsToo() {
        assertThat(new StopRule(1, 0.1)
                        .judge(new double[] {3, 2, 1}, new double[] {1, 3, 2})
                        .drops())
                .containsExactly(0, 0, 0);
    }

    /** At threshold 0 a run of single scores is stopped unless it rises all the time: 1 order of n! does. */
    @Test
    void atThresholdZeroTheRateIsThatOfUnorderedRuns() {
        assertThat(falsePositives(0, 3)).isCloseTo(1 - 1 / 6.0, within(FOUR_SIGMA));
        assertThat(falsePositives(0, 4)).isCloseTo(1 - 1 / 24.0, within(FOUR_SIGMA));
    }

    /** Two scores that fall are 1 standard error apart, whatever they are. */
    @Test
    void twoScoresStopHalfOfTheRunsOrNone() {
        assertThat(falsePositives(0.999, 2)).isCloseTo(0.5, within(FOUR_SIGMA));
        assertThat(falsePositives(1.001, 2)).isZero();
    }

    /**
     * The rule does not care about level and scale, so that only the direction of three independent normal scores
     * around their mean counts, which is uniform on a circle: the rate is the share of the circle on which the rule
     * stops.
     */
    @Test
    void threeScoresStopAShareOfTheCircle() {
        double threshold = 1.2;
        int stopped = 0;
        int directions = 200_000;
        for (int i = 0; i < directions; i++) {
            double angle = 2 * Math.PI * (i + 0.5) / directions;
            double across = Math.cos(angle) / Math.sqrt(2);
            double along = Math.sin(angle) / Math.sqrt(6);
            double first = across + along;
            double second = -across + along;
            double third = -2 * along;
            double error = Math.sqrt((Math.pow(second - first, 2) + Math.pow(third - second, 2)) / 2);
            stopped += (Math.max(first, second) - third) / error > threshold ? 1 : 0;
        }
        assertThat(falsePositives(threshold, 3)).isCloseTo((double) stopped / directions, within(FOUR_SIGMA));
    }

    @Test
    void aCalibratedRuleStopsOnePlateauInTwentyAndNearlyEveryTrueFall() {
        for (int evaluations : new int[] {20, 40, 100}) {
            StopCalibration calibration = StopCalibration.of(evaluations);
            assertThat(calibration.falsePositives().value())
                    .as(evaluations + " evaluations")
                    .isCloseTo(StopCalibration.RATE, within(0.015));
            assertThat(calibration.power().value()).isGreaterThan(0.85);
        }
        assertThat(StopCalibration.of(40)).isEqualTo(StopCalibration.of(40));
    }

    private static double falsePositives(double threshold, int evaluations) {
        return new StopSimulation(1, evaluations, 10_000, 1)
                .falsePositives(threshold)
                .value();
    }
}
