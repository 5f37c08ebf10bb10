package dev.attune.core.stats.rates;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Summary;
import java.util.stream.IntStream;

/**
 * The mean difference of two models on the same rows, from resampling rows with replacement.
 *
 * @param mean of x - y
 * @param standardError analytic: sd / sqrt(n), with n - 1 in the sd; 0 for one row
 * @param percentile from quantiles of the resampled means
 * @param bca bias-corrected and accelerated (Efron 1987); the percentile interval if no resample differs
 * @param resampledError the standard deviation of the resampled means
 * @param atOrBelowZero the share of resampled means that are at most 0
 * @param atOrAboveZero the share that are at least 0
 * @param rows that both scored
 * @param leftOut rows that one of the two left unscored
 */
public record PairedDifference(
        double mean,
        double standardError,
        Interval percentile,
        Interval bca,
        double resampledError,
        double atOrBelowZero,
        double atOrAboveZero,
        int rows,
        int leftOut) {
    /**
     * Compares rows, or questions by their {@link QuestionMeans}. Rows with NaN on a side are left out; no row at all is
     * refused.
     */
    public static PairedDifference of(double[] x, double[] y, int resamples, long seed) {
        double[] differences = differences(x, y);
        double[] means = Bootstrap.distribution(
                differences.length, indices -> Summary.mean(differences, indices), resamples, seed);
        return summarise(differences, means, x.length - differences.length);
    }

    /** The same with the usual number of resamples. */
    public static PairedDifference of(double[] x, double[] y, long seed) {
        return of(x, y, Bootstrap.RESAMPLES, seed);
    }

    /** The two-sided p-value: min(1, 2 min(share at or below 0, share at or above 0)). */
    public double p() {
        return Math.min(1, 2 * Math.min(atOrBelowZero, atOrAboveZero));
    }

    /**
     * Summarises resampled means.
     *
     * @param means ascending
     */
    static PairedDifference summarise(double[] differences, double[] means, int leftOut) {
        double tail = (1 - Interval.LEVEL) / 2;
        double n = means.length;
        return new PairedDifference(
                Summary.mean(differences),
                Math.sqrt(Summary.variance(differences) / differences.length),
                new Interval(Summary.quantile(means, tail), Summary.quantile(means, 1 - tail)),
                BcaInterval.ofMean(differences, means, Interval.LEVEL),
                Math.sqrt(Summary.variance(means)),
                IntStream.range(0, means.length).filter(i -> means[i] <= 0).count() / n,
                IntStream.range(0, means.length).filter(i -> means[i] >= 0).count() / n,
                differences.length,
                leftOut);
    }

    static double[] differences(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " rows against " + y.length);
        }
        double[] differences = IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] - y[i])
                .filter(difference -> !Double.isNaN(difference))
                .toArray();
        if (differences.length == 0) {
            throw BadInputException.at(
                    "a paired comparison", "no row that both scored", "at least one", "leave the comparison out");
        }
        return differences;
    }
}
