package dev.attune.core.stats.rates;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Wilson;
import java.util.List;
import java.util.Optional;

/**
 * A rate over rows that come in groups, such as the tries of a prompt. Rows of a group are alike, so that the interval is
 * Wilson's for an effective number of rows (Kish 1965): p (1 - p) over the variance of the rate between groups, at least
 * the number of groups and at most the number of rows. It has no zero width if no row succeeds.
 */
public final class ClusteredRate {
    private ClusteredRate() {}

    /** The rate over all scored rows; empty if there are none. */
    public static Optional<Estimate> of(List<Tally> groups) {
        List<Tally> scored = groups.stream().filter(group -> group.scored() > 0).toList();
        if (scored.isEmpty()) {
            return Optional.empty();
        }
        long rows = scored.stream().mapToLong(Tally::scored).sum();
        double rate = scored.stream().mapToDouble(Tally::sum).sum() / rows;
        double effective = effectiveRows(scored, rows, rate);
        return Optional.of(new Estimate(rate, Wilson.interval(rate * effective, effective, Interval.LEVEL), rows));
    }

    /**
     * The number of independent rows that would give the same interval: at least the number of groups with a scored row, at
     * most the number of rows; 0 if no row is scored.
     */
    public static double effectiveRows(List<Tally> groups) {
        List<Tally> scored = groups.stream().filter(group -> group.scored() > 0).toList();
        long rows = scored.stream().mapToLong(Tally::scored).sum();
        double sum = scored.stream().mapToDouble(Tally::sum).sum();
        return rows == 0 ? 0 : effectiveRows(scored, rows, sum / rows);
    }

    private static double effectiveRows(List<Tally> groups, long rows, double rate) {
        double n = groups.size();
        if (n == 1 || rate == 0 || rate == 1) {
            return n;
        }
        double squares = groups.stream()
                .mapToDouble(group -> Math.pow(group.sum() - rate * group.scored(), 2))
                .sum();
        double variance = squares * n / (n - 1) / ((double) rows * rows);
        return Math.max(n, Math.min((double) rows, rate * (1 - rate) / variance));
    }
}
