package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import org.junit.jupiter.api.Test;

/** Expected figures come from NumPy and SciPy unless a test says otherwise. */
class StatisticsTest {
    @Test
    void summarisesASample() {
        Summary summary = Summary.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6});
        assertThat(summary.count()).isEqualTo(8);
        assertThat(summary.mean()).isEqualTo(3.875);
        assertThat(summary.deviation()).isCloseTo(2.748376143938713, within(1e-12));
        assertThat(summary.median()).isEqualTo(3.5);
        assertThat(summary.p90()).isCloseTo(6.9, within(1e-12));
        assertThat(summary.p99()).isCloseTo(8.79, within(1e-12));
        assertThat(summary.min()).isEqualTo(1);
        assertThat(summary.max()).isEqualTo(9);
        assertThat(Summary.quantile(new double[] {3, 1, 4, 1, 5, 9, 2, 6}, 0.25))
                .isCloseTo(1.75, within(1e-12));
        assertThat(Summary.of(new double[0]).count()).isZero();
        assertThat(Summary.median(new double[0])).isNaN();
    }

    @Test
    void runningMeansAreThoseOfEachWindow() {
        assertThat(Summary.runningMeans(new double[] {1, 2, 6, 4}, 3)).containsExactly(3, 4);
        assertThat(Summary.runningMeans(new double[] {1, 2}, 3)).isEmpty();
    }

    @Test
    void equalValuesShareTheirRank() {
        assertThat(Ranks.of(new double[] {3, 1, 3, 2, -0.0, 0})).containsExactly(5.5, 3, 5.5, 4, 1.5, 1.5);
        assertThat(Ranks.of(new double[0])).isEmpty();
    }

    @Test
    void knowsTheNormalDistribution() {
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
        assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-14));
        assertThat(Normal.cumulative(-1)).isCloseTo(0.15865525393145707, within(1e-14));
        assertThat(Normal.quantile(0.01)).isCloseTo(-2.3263478740408408, within(1e-14));
        assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-14));
        assertThat(Normal.quantile(0.7)).isCloseTo(0.5244005127080407, within(1e-14));
    }

    @Test
    void boundsProportions() {
        Interval eight = Wilson.interval(8, 10, 0.95);
        assertThat(eight.low()).isCloseTo(0.4901624715, within(1e-8));
        assertThat(eight.high()).isCloseTo(0.9433178485, within(1e-8));
        Interval none = Wilson.interval(0, 20, 0.95);
        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.1611251581, within(1e-8));
        assertThat(Wilson.interval(20, 20, 0.95).high()).isEqualTo(1);
        assertThat(Wilson.share(61, 100).describe()).isEqualTo("0.610 [0.512, 0.700]");
        assertThatThrownBy(() -> Wilson.interval(3, 2, 0.95)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Wilson.interval(0, 0, 0.95)).isInstanceOf(BadInputException.class);
    }

    @Test
    void resamplesWithASeed() {
        double[] sample = {0.5, 1.5, -0.2, 0.9, 0.4, 0.0, 1.1, 0.3, -0.5, 0.8};
        Estimate mean = Bootstrap.mean(sample, 7);
        assertThat(mean.value()).isCloseTo(0.48, within(1e-12));
        assertThat(mean.interval().low()).isCloseTo(0.13, within(0.03));
        assertThat(mean.interval().high()).isCloseTo(0.84, within(0.03));
        assertThat(Bootstrap.mean(sample, 7)).isEqualTo(mean);
        assertThat(Bootstrap.mean(sample, 8)).isNotEqualTo(mean);
        double[] shifted = new double[sample.length];
        java.util.Arrays.setAll(shifted, i -> sample[i] + 2);
        Estimate difference = Bootstrap.meanDifference(sample, shifted, 1);
        assertThat(difference.interval().low()).isCloseTo(2, within(1e-9));
        assertThat(difference.interval().high()).isCloseTo(2, within(1e-9));
    }

    @Test
    void countsWins() {
        WinRate rate = WinRate.of(new double[] {3, 1, 2, 5}, new double[] {1, 1, 3, 2}, 1);
        assertThat(rate.wins()).isEqualTo(2);
        assertThat(rate.ties()).isEqualTo(1);
        assertThat(rate.losses()).isEqualTo(1);
        assertThat(rate.rate().value()).isEqualTo(0.625);
        assertThat(rate.rate().interval().contains(0.625)).isTrue();
        double nan = Double.NaN;
        WinRate unscored = WinRate.of(new double[] {3, nan, 1}, new double[] {1, 1, nan}, 1);
        assertThat(unscored.ties()).isZero();
        assertThat(unscored.rate().value()).isEqualTo(1);
        assertThat(unscored.rate().count()).isEqualTo(1);
        assertThatThrownBy(() -> WinRate.of(new double[] {nan}, new double[] {1}, 1))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void measuresCalibration() {
        Calibration calibration =
                Calibration.of(new double[] {0.1, 0.15, 0.3, 0.85, 0.9, 0.95}, new double[] {0, 1, 0, 1, 1, 0}, 5);
        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(2L, 1L, 3L);
        assertThat(calibration.bins().get(2).predicted()).isCloseTo(0.9, within(1e-12));
        assertThat(calibration.bins().get(2).observed()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(calibration.expectedError()).isCloseTo((2 * 0.375 + 0.3 + 3 * (0.9 - 2.0 / 3)) / 6, within(1e-12));
        assertThat(calibration.brier()).isCloseTo(0.2929166666666667, within(1e-12));
    }

    @Test
    void countsMarginsInBothDirections() {
        // Always sure at odds 3 : 1 and right three times of four: perfectly calibrated.
        double margin = Math.log(3);
        Calibration calibration = Calibration.ofMargins(new double[] {margin, margin, margin, -margin}, 10);
        assertThat(calibration.expectedError()).isCloseTo(0, within(1e-12));
        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(4L, 4L);
    }
}
