package dev.attune.cli.lab.overoptimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.cli.lab.overoptimisation.ProxyCurve.Proxy;
import dev.attune.core.hacking.Overoptimisation.Law;
import dev.attune.core.hacking.ProxyAgainstGold.Point;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProxyCurveTest {
    /** A proxy of this many weights and pairs whose gold score is given by the distance, at d = 0, 1 ... 6. */
    private static ProxyCurve curve(long parameters, int pairs, DoubleUnaryOperator gold) {
        List<Point> points = IntStream.rangeClosed(0, 6)
                .mapToObj(d -> new Point(d, d, 10 + d, gold.applyAsDouble(d)))
                .toList();
        return new ProxyCurve(new Proxy("p" + parameters, parameters, pairs), Law.BEST_OF_N, points);
    }

    /** 0.5 + d (alpha - 0.05 d) peaks at 10 alpha. */
    private static ProxyCurve peakingAt(double peak, long parameters, int pairs) {
        return curve(parameters, pairs, d -> 0.5 + d * (peak / 10 - 0.05 * d));
    }

    @Test
    void aWindowHasTheMeanKl() {
        List<Point> points = List.of(
                new Point(1, 0, 1, 0.5), new Point(2, 2, 3, 0.7), new Point(3, 3, 5, 0.1), new Point(4, 1, 5, 0.3));
        assertThat(ProxyCurve.windows(points, 2)).hasSize(2).first().satisfies(first -> {
            assertThat(first.step()).isEqualTo(2);
            assertThat(first.distance()).isCloseTo(Math.sqrt((0 + 4) / 2.0), within(1e-12));
            assertThat(first.optimised()).isCloseTo(2, within(1e-12));
            assertThat(first.score()).isCloseTo(0.6, within(1e-12));
        });
        assertThat(ProxyCurve.windows(points, 3))
                .as("an incomplete window is left out")
                .hasSize(1);
    }

    /** 0.5 + d (0.3 - 0.05 d) peaks at d = 3, 0.45 above its start. */
    @Test
    void describesTheFit() {
        ProxyCurve curve = peakingAt(3, 1, 1);
        assertThat(curve.peak()).isCloseTo(3, within(1e-9));
        assertThat(curve.describe())
                .isEqualTo("start 0.500, alpha 0.300, beta 0.050, peak at d 3.00, gain 0.450;"
                        + " d 0.00 to 6.00, gold 0.500 to 0.500, proxy 10.00 to 16.00");
    }

    @Test
    void aScoreThatRisesOrFallsThroughout() {
        ProxyCurve rising = curve(1, 1, d -> 0.1 * d);
        assertThat(rising.peak()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(rising.describe()).contains("no peak within the measured d");
        assertThat(curve(1, 1, d -> 1 - 0.05 * d - 0.01 * d * d).peak()).isZero();
    }

    @Test
    void tooFewPointsHaveNoFit() {
        ProxyCurve curve = new ProxyCurve(
                new Proxy("p", 1, 1), Law.BEST_OF_N, List.of(new Point(1, 0, 0, 0), new Point(2, 1, 1, 1)));
        assertThat(curve.fit()).isEmpty();
        assertThat(curve.peak()).isNaN();
        assertThat(curve.describe()).startsWith("no fit; d 0.00 to 1.00");
    }

    @Test
    void comparesProxiesOfTheSamePairsBySizeAndOfTheSameSizeByPairs() {
        List<ProxyCurve> curves =
                List.of(peakingAt(2, 10, 100), peakingAt(3, 20, 100), peakingAt(4, 10, 400), peakingAt(1, 20, 400));
        assertThat(PeakOrder.bySize(curves)).isEqualTo(new PeakOrder(1, 2));
        assertThat(PeakOrder.byPairs(curves)).isEqualTo(new PeakOrder(1, 2));
        assertThat(PeakOrder.bySize(curves).always()).isFalse();
        assertThat(PeakOrder.bySize(curves.subList(0, 2)).always()).isTrue();
    }

    @Test
    void curvesWithoutPeakAreNotComparedWithEachOther() {
        ProxyCurve rising = curve(10, 100, d -> 0.1 * d);
        ProxyCurve larger = curve(20, 100, d -> 0.2 * d);
        assertThat(PeakOrder.bySize(List.of(rising, larger))).isEqualTo(new PeakOrder(0, 0));
        assertThat(PeakOrder.bySize(List.of(rising, larger)).always()).isFalse();
        assertThat(PeakOrder.bySize(List.of(peakingAt(2, 5, 100), larger)))
                .as("one that still rises peaks later than one that falls")
                .isEqualTo(new PeakOrder(1, 1));
    }
}
