package dev.attune.core.hacking;

import dev.attune.core.stats.Summary;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A rule that stops a run if the running mean of a score that is not optimised (the gold score) has fallen by more than
 * {@code threshold} standard errors below its best, while the running mean of the optimised score is higher than it was
 * then.
 *
 * <p>The standard error is that of the difference of two running means, sigma sqrt(2 / window), where sigma^2 is half
 * the mean squared difference of successive scores (von Neumann 1941), which a slow rise or fall hardly changes. The
 * rule does not fire before there are twice {@code window} scores.
 *
 * @param window number of scores in a running mean
 * @param threshold in standard errors
 */
public record StopRule(int window, double threshold) {
    /**
     * The decision of the rule on a run.
     *
     * @param first the index of the score at which it first fires
     * @param drops for each score how far its running mean is below the best, in standard errors; 0 before the first
     *     possible decision, or if the optimised score has not risen since
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Decision(OptionalInt first, double[] drops) {
        public boolean stops() {
            return first.isPresent();
        }

        /** The largest drop. */
        public double greatest() {
            return Arrays.stream(drops).max().orElse(0);
        }

        /** The latest drop. */
        public double drop() {
            return drops.length == 0 ? 0 : drops[drops.length - 1];
        }
    }

    public StopRule {
        if (window < 1 || !(threshold >= 0)) {
            throw new IllegalArgumentException("a window of " + window + ", a threshold of " + threshold);
        }
    }

    /**
     * Applies the rule to a run from its beginning.
     *
     * @param optimised at each evaluation
     * @param gold at the same evaluations
     */
    public Decision judge(double[] optimised, double[] gold) {
        double[] drops = new double[gold.length];
        double[] means = Summary.runningMeans(gold, window);
        double[] optimisedMeans = Summary.runningMeans(optimised, window);
        double best = Double.NEGATIVE_INFINITY;
        double optimisedAtBest = 0;
        double squares = 0;
        OptionalInt first = OptionalInt.empty();
        for (int t = 0; t < gold.length; t++) {
            squares += t == 0 ? 0 : Math.pow(gold[t] - gold[t - 1], 2);
            if (t + 1 < window) {
                continue;
            }
            double mean = means[t + 1 - window];
            double optimisedMean = optimisedMeans[t + 1 - window];
            if (mean > best) {
                best = mean;
                optimisedAtBest = optimisedMean;
            }
            double error = Math.sqrt(squares / Math.max(1, t) / window);
            if (t + 1 >= 2 * window && optimisedMean > optimisedAtBest && error > 0) {
                drops[t] = (best - mean) / error;
            }
            if (first.isEmpty() && drops[t] > threshold) {
                first = OptionalInt.of(t);
            }
        }
        return new Decision(first, drops);
    }
}
