package dev.attune.core.stats.agreement;

import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Kendall;
import dev.attune.core.stats.Spearman;
import dev.attune.core.stats.distribution.Tails;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A rank correlation with its two-sided p-value against independence.
 *
 * @param correlation in [-1, 1]; undefined if one side does not vary or a value is missing
 */
public record RankCorrelation(Figure correlation, Figure p) {
    /**
     * Spearman's rho. Its p-value is that of t = r sqrt((n - 2) / (1 - r^2)), Student with n - 2 degrees of freedom.
     *
     * @param x with NaN for missing values
     */
    public static RankCorrelation spearman(double[] x, double[] y) {
        String fault = fault(x, y);
        if (!fault.isEmpty()) {
            return undefined(fault);
        }
        double r = Spearman.correlation(x, y);
        double freedom = x.length - 2.0;
        return new RankCorrelation(
                Figure.of(r),
                freedom > 0
                        ? Figure.of(Tails.studentTwoSided(r * Math.sqrt(freedom / Math.max(0, 1 - r * r)), freedom))
                        : Figure.undefined("two pairs leave no degree of freedom"));
    }

    /**
     * Kendall's tau-b. Its p-value is exact without ties up to 33 pairs, else from the normal distribution with the
     * variance corrected for ties.
     *
     * @param x with NaN for missing values
     */
    public static RankCorrelation kendall(double[] x, double[] y) {
        String fault = fault(x, y);
        return fault.isEmpty()
                ? new RankCorrelation(Figure.of(Kendall.tau(x, y)), Figure.of(TauTest.p(x, y)))
                : undefined(fault);
    }

    /** The two sides of the pairs without a missing value. */
    public static double[][] completePairs(double[] x, double[] y) {
        int[] complete = complete(x, y);
        return new double[][] {
            Arrays.stream(complete).mapToDouble(i -> x[i]).toArray(),
            Arrays.stream(complete).mapToDouble(i -> y[i]).toArray()
        };
    }

    private static int[] complete(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " values against " + y.length);
        }
        return IntStream.range(0, x.length)
                .filter(i -> !Double.isNaN(x[i]) && !Double.isNaN(y[i]))
                .toArray();
    }

    private static RankCorrelation undefined(String reason) {
        return new RankCorrelation(Figure.undefined(reason), Figure.undefined(reason));
    }

    private static String fault(double[] x, double[] y) {
        int missing = x.length - complete(x, y).length;
        return missing > 0
                ? missing + " of " + x.length + " pairs have a missing value"
                : isConstant(x) || isConstant(y) ? "one side does not vary" : "";
    }

    private static boolean isConstant(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
