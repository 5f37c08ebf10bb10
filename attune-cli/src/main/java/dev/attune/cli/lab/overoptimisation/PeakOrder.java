package dev.attune.cli.lab.overoptimisation;

import dev.attune.cli.lab.overoptimisation.ProxyCurve.Proxy;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Comparisons of the distances at which fitted gold scores peak.
 *
 * @param later number of comparisons in which the larger of two proxies peaks later
 * @param compared number of comparisons; two curves without a peak in the measured range are not compared
 */
public record PeakOrder(int later, int compared) {
    /** Compares proxies of the same number of pairs by their number of weights. */
    public static PeakOrder bySize(List<ProxyCurve> curves) {
        return of(curves, Proxy::parameters, Proxy::pairs);
    }

    /** Compares proxies of the same size by their number of pairs. */
    public static PeakOrder byPairs(List<ProxyCurve> curves) {
        return of(curves, Proxy::pairs, Proxy::parameters);
    }

    private static PeakOrder of(List<ProxyCurve> curves, ToLongFunction<Proxy> rank, ToLongFunction<Proxy> same) {
        int later = 0;
        int compared = 0;
        for (ProxyCurve small : curves) {
            for (ProxyCurve large : curves) {
                if (same.applyAsLong(small.proxy()) == same.applyAsLong(large.proxy())
                        && rank.applyAsLong(small.proxy()) < rank.applyAsLong(large.proxy())
                        && comparable(small.peak(), large.peak())) {
                    compared++;
                    later += large.peak() > small.peak() ? 1 : 0;
                }
            }
        }
        return new PeakOrder(later, compared);
    }

    private static boolean comparable(double first, double second) {
        boolean known = !Double.isNaN(first) && !Double.isNaN(second);
        return known && !(Double.isInfinite(first) && Double.isInfinite(second));
    }

    /** Whether every comparison has the larger proxy peak later; false without comparisons. */
    public boolean always() {
        return compared > 0 && later == compared;
    }
}
