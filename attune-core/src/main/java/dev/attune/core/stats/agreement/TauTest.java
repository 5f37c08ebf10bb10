package dev.attune.core.stats.agreement;

import dev.attune.core.stats.distribution.Tails;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The two-sided test of Kendall's tau against independence. */
final class TauTest {
    /** With more pairs than these, the normal distribution is used. */
    private static final int EXACT = 33;

    private TauTest() {}

    static double p(double[] x, double[] y) {
        long discordant = 0;
        long score = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                int sign = (int) (Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]));
                score += sign;
                discordant += sign < 0 ? 1 : 0;
            }
        }
        long[] tiesX = groups(x);
        long[] tiesY = groups(y);
        boolean tied = tiesX.length < x.length || tiesY.length < y.length;
        return !tied && x.length <= EXACT
                ? exact(x.length, discordant)
                : 2 * Tails.normal(Math.abs(score) / Math.sqrt(variance(x.length, tiesX, tiesY)));
    }

    /** Twice the share of permutations with at most this many inversions, or with at least as many if they are fewer. */
    private static double exact(int n, long discordant) {
        int pairs = n * (n - 1) / 2;
        int fewer = (int) Math.min(discordant, pairs - discordant);
        double[] share = {1};
        for (int item = 2; item <= n; item++) {
            share = withItem(share, item);
        }
        return Math.min(1, 2 * Arrays.stream(share, 0, fewer + 1).sum());
    }

    /** The distribution of inversions with one more item, which brings 0 to {@code item - 1} of them, equally likely. */
    private static double[] withItem(double[] share, int item) {
        double[] next = new double[share.length + item - 1];
        for (int inversions = 0; inversions < share.length; inversions++) {
            for (int more = 0; more < item; more++) {
                next[inversions + more] += share[inversions] / item;
            }
        }
        return next;
    }

    /** The variance of concordant minus discordant pairs (Kendall, Rank Correlation Methods, 1970). */
    private static double variance(int n, long[] tiesX, long[] tiesY) {
        double m = (double) n * (n - 1);
        DoubleUnaryOperator first = t -> t * (t - 1) * (2 * t + 5);
        DoubleUnaryOperator second = t -> t * (t - 1);
        DoubleUnaryOperator third = t -> t * (t - 1) * (t - 2);
        return (m * (2.0 * n + 5) - sum(tiesX, first) - sum(tiesY, first)) / 18
                + sum(tiesX, second) * sum(tiesY, second) / (2 * m)
                + sum(tiesX, third) * sum(tiesY, third) / (9 * m * (n - 2));
    }

    private static double sum(long[] groups, DoubleUnaryOperator summand) {
        return Arrays.stream(groups)
                .mapToDouble(size -> summand.applyAsDouble((double) size))
                .sum();
    }

    /** The sizes of the groups of equal values. */
    private static long[] groups(double[] values) {
        return Arrays.stream(values)
                .map(value -> value + 0.0) // so that -0.0 and 0.0 are one value
                .distinct()
                .mapToLong(value ->
                        Arrays.stream(values).filter(other -> other == value).count())
                .toArray();
    }
}
