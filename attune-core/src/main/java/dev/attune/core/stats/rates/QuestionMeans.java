package dev.attune.core.stats.rates;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Several samples of each question. Samples of one question are alike, so that questions are the unit of intervals: 10
 * questions with 8 samples each are 10 observations and not 80.
 */
public final class QuestionMeans {
    private QuestionMeans() {}

    /** The mean of each question's scored samples; NaN if it has none. */
    public static double[] of(double[][] samples) {
        return Arrays.stream(samples)
                .mapToDouble(question -> Tally.ofNumbers(question).mean().orElse(Double.NaN))
                .toArray();
    }

    /**
     * The mean over questions of their means, with its interval from resampling questions; empty if none is scored.
     *
     * @param samples {@code samples[question][sample]}, NaN for unscored ones
     */
    public static Optional<Estimate> estimate(double[][] samples, long seed) {
        double[] means =
                Arrays.stream(of(samples)).filter(mean -> !Double.isNaN(mean)).toArray();
        return means.length == 0 ? Optional.empty() : Optional.of(Bootstrap.mean(means, seed));
    }
}
