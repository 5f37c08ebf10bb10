package dev.attune.core.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Percentile intervals from resampling with replacement (Efron 1979). The same seed gives the same interval. */
public final class Bootstrap {
    /** Default number of resamples. */
    public static final int RESAMPLES = 2000;

    private Bootstrap() {}

    /** The mean with its interval at the usual level. */
    public static Estimate mean(double[] sample, long seed) {
        Interval interval =
                interval(sample.length, indices -> Summary.mean(sample, indices), Interval.LEVEL, RESAMPLES, seed);
        return new Estimate(Summary.mean(sample), interval, sample.length);
    }

    /** The mean of {@code after - before}, item by item, with its interval at the usual level. */
    public static Estimate meanDifference(double[] before, double[] after, long seed) {
        if (before.length != after.length) {
            throw new IllegalArgumentException(before.length + " items before, " + after.length + " after");
        }
        double[] differences = new double[before.length];
        Arrays.setAll(differences, i -> after[i] - before[i]);
        return mean(differences, seed);
    }

    /**
     * The interval of any statistic of a sample. Resamples for which it is NaN are left out.
     *
     * @param count of items
     * @param statistic of the items whose indices it gets, with repeats
     */
    public static Interval interval(
            int count, ToDoubleFunction<int[]> statistic, double level, int resamples, long seed) {
        double[] sorted = distribution(count, statistic, resamples, seed);
        double tail = (1 - level) / 2;
        return new Interval(Summary.quantileOfSorted(sorted, tail), Summary.quantileOfSorted(sorted, 1 - tail));
    }

    /** The values of a statistic over the resamples, ascending; those for which it is NaN are left out. */
    public static double[] distribution(int count, ToDoubleFunction<int[]> statistic, int resamples, long seed) {
        if (count == 0) {
            throw new IllegalArgumentException("an empty sample has no interval");
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] indices = new int[count];
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            for (int j = 0; j < count; j++) {
                indices[j] = random.nextInt(count);
            }
            values[i] = statistic.applyAsDouble(indices);
        }
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }
}
