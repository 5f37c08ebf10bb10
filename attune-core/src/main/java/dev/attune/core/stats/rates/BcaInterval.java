package dev.attune.core.stats.rates;

import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Normal;
import dev.attune.core.stats.Summary;
import java.util.Arrays;

/** The bias-corrected and accelerated interval (Efron 1987). */
final class BcaInterval {
    private BcaInterval() {}

    /**
     * The interval of a mean.
     *
     * @param means of resamples, ascending
     */
    static Interval ofMean(double[] sample, double[] means, double level) {
        double mean = Summary.mean(sample);
        double below = Arrays.stream(means).filter(value -> value < mean).count();
        double same = Arrays.stream(means).filter(value -> value == mean).count();
        double share = (below + same / 2) / means.length;
        double tail = (1 - level) / 2;
        if (share == 0 || share == 1 || means[0] == means[means.length - 1]) {
            return new Interval(Summary.quantile(means, tail), Summary.quantile(means, 1 - tail));
        }
        double bias = Normal.quantile(share);
        double acceleration = acceleration(sample, mean);
        return new Interval(
                Summary.quantile(means, adjusted(Normal.quantile(tail), bias, acceleration)),
                Summary.quantile(means, adjusted(Normal.quantile(1 - tail), bias, acceleration)));
    }

    private static double adjusted(double z, double bias, double acceleration) {
        return Normal.cumulative(bias + (bias + z) / (1 - acceleration * (bias + z)));
    }

    /** A sixth of the skewness of the leave-one-out means, which for a mean is that of the sample over sqrt(n). */
    private static double acceleration(double[] sample, double mean) {
        double cubes = 0;
        double squares = 0;
        for (double value : sample) {
            cubes += Math.pow(value - mean, 3);
            squares += Math.pow(value - mean, 2);
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }
}
