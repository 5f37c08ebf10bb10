package dev.attune.core.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * A sample in a few numbers.
 *
 * @param deviation the standard deviation with n - 1 in the denominator; 0 for a single value
 * @param p90 and {@code p99}: quantiles, as {@link #quantile} computes them
 */
public record Summary(
        long count, double mean, double deviation, double min, double median, double p90, double p99, double max) {

    /** Summarises a sample; all figures of an empty one are 0. */
    public static Summary of(double[] sample) {
        if (sample.length == 0) {
            return new Summary(0, 0, 0, 0, 0, 0, 0, 0);
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return new Summary(
                sorted.length,
                mean(sorted),
                Math.sqrt(variance(sorted)),
                sorted[0],
                quantileOfSorted(sorted, 0.5),
                quantileOfSorted(sorted, 0.9),
                quantileOfSorted(sorted, 0.99),
                sorted[sorted.length - 1]);
    }

    /** Summarises numbers of any kind. */
    public static Summary of(Collection<? extends Number> sample) {
        return of(sample.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /** The arithmetic mean; NaN for an empty sample. */
    /** The mean of the items at these indices, with repeats. */
    public static double mean(double[] sample, int[] indices) {
        double sum = 0;
        for (int index : indices) {
            sum += sample[index];
        }
        return sum / indices.length;
    }

    public static double mean(double[] sample) {
        double sum = 0;
        for (double value : sample) {
            sum += value;
        }
        return sum / sample.length;
    }

    /** The means of {@code window} successive values each, the first window's first; none if there are fewer. */
    public static double[] runningMeans(double[] sample, int window) {
        double[] means = new double[Math.max(0, sample.length - window + 1)];
        for (int first = 0; first < means.length; first++) {
            double sum = 0;
            for (int i = first; i < first + window; i++) {
                sum += sample[i];
            }
            means[first] = sum / window;
        }
        return means;
    }

    /** The variance with n - 1 in the denominator; 0 for a single value. */
    public static double variance(double[] sample) {
        double mean = mean(sample);
        double sum = 0;
        for (double value : sample) {
            sum += (value - mean) * (value - mean);
        }
        return sample.length < 2 ? 0 : sum / (sample.length - 1);
    }

    /** The middle value; NaN for an empty sample. */
    public static double median(double[] sample) {
        return quantile(sample, 0.5);
    }

    /**
     * The quantile of a share of the sample, interpolated linearly between neighbours (Hyndman and Fan's
     * type 7, what NumPy and R do by default). NaN for an empty sample.
     *
     * @param share in [0, 1]
     */
    public static double quantile(double[] sample, double share) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return quantileOfSorted(sorted, share);
    }

    static double quantileOfSorted(double[] sorted, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile needs a share in [0, 1]: " + share);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The summary as one line of text. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "mean %.1f, median %.0f, 90 %% %.0f, 99 %% %.0f, from %.0f to %.0f",
                mean,
                median,
                p90,
                p99,
                min,
                max);
    }
}
