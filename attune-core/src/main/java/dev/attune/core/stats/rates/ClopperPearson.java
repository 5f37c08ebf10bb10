package dev.attune.core.stats.rates;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.distribution.BetaFunction;

/**
 * The exact interval of a proportion (Clopper and Pearson 1934): it covers the true share with at least its level, and is
 * wider than Wilson's.
 */
public final class ClopperPearson {
    private ClopperPearson() {}

    /**
     * The interval: quantiles of the beta distributions of (x, n - x + 1) and (x + 1, n - x).
     *
     * @param successes x, in [0, n]
     * @param count n; of no rows there is no share, and they are refused
     * @param level such as 0.95
     */
    public static Interval interval(long successes, long count, double level) {
        if (count == 0) {
            throw BadInputException.at("a share", "no rows", "at least one", "leave the share out");
        }
        if (count < 0 || successes < 0 || successes > count) {
            throw new IllegalArgumentException(successes + " successes of " + count);
        }
        double tail = (1 - level) / 2;
        double x = successes;
        double failures = count - x;
        return new Interval(
                successes == 0 ? 0 : BetaFunction.quantile(tail, x, failures + 1),
                successes == count ? 1 : BetaFunction.quantile(1 - tail, x + 1, failures));
    }
}
