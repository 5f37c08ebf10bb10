package dev.attune.cli.lab.overoptimisation;

import dev.attune.core.hacking.Overoptimisation;
import dev.attune.core.hacking.ProxyAgainstGold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The scores of policies optimised for one proxy, by their distance from the initial policy.
 *
 * @param law how they were optimised
 */
public record ProxyCurve(Proxy proxy, Overoptimisation.Law law, List<ProxyAgainstGold.Point> points) {
    /**
     * A reward model.
     *
     * @param size its name
     * @param parameters number of weights
     * @param pairs number of pairs that it was trained on
     */
    public record Proxy(String size, long parameters, int pairs) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s, %d pairs", size, pairs);
        }
    }

    /** Means over windows of successive points; the distance is the square root of the mean KL. */
    public static List<ProxyAgainstGold.Point> windows(List<ProxyAgainstGold.Point> points, int window) {
        List<ProxyAgainstGold.Point> means = new ArrayList<>();
        for (int from = 0; from + window <= points.size(); from += window) {
            List<ProxyAgainstGold.Point> some = points.subList(from, from + window);
            means.add(new ProxyAgainstGold.Point(
                    some.get(window - 1).step(),
                    Math.sqrt(some.stream()
                            .mapToDouble(one -> one.distance() * one.distance())
                            .average()
                            .orElseThrow()),
                    some.stream()
                            .mapToDouble(ProxyAgainstGold.Point::optimised)
                            .average()
                            .orElseThrow(),
                    some.stream()
                            .mapToDouble(ProxyAgainstGold.Point::score)
                            .average()
                            .orElseThrow()));
        }
        return means;
    }

    /** The published form fitted to the gold scores; empty if the points do not determine it. */
    public Optional<Overoptimisation> fit() {
        return Overoptimisation.fit(
                law,
                points.stream().mapToDouble(ProxyAgainstGold.Point::distance).toArray(),
                points.stream().mapToDouble(ProxyAgainstGold.Point::score).toArray());
    }

    /**
     * The distance at which the fitted gold score peaks: the smallest measured one if it falls from there, positive
     * infinity if it still rises at the largest, NaN without a fit.
     */
    public double peak() {
        return fit().map(ProxyCurve::peak).orElse(Double.NaN);
    }

    private static double peak(Overoptimisation curve) {
        return curve.peak().orElse(curve.fall(curve.farthest()) > 0 ? curve.nearest() : Double.POSITIVE_INFINITY);
    }

    /** Coefficients, peak and scores in words. */
    public String describe() {
        ProxyAgainstGold.Point first = points.get(0);
        ProxyAgainstGold.Point last = points.get(points.size() - 1);
        return fit().map(ProxyCurve::describe).orElse("no fit")
                + String.format(
                        Locale.ROOT,
                        "; d %.2f to %.2f, gold %.3f to %.3f, proxy %.2f to %.2f",
                        first.distance(),
                        last.distance(),
                        first.score(),
                        last.score(),
                        first.optimised(),
                        last.optimised());
    }

    private static String describe(Overoptimisation curve) {
        double peak = peak(curve);
        String coefficients = String.format(
                Locale.ROOT, "start %.3f, alpha %.3f, beta %.3f, ", curve.start(), curve.alpha(), curve.beta());
        if (Double.isInfinite(peak)) {
            return coefficients + "no peak within the measured d";
        }
        return coefficients
                + String.format(Locale.ROOT, "peak at d %.2f, gain %.3f", peak, curve.at(peak) - curve.start());
    }
}
