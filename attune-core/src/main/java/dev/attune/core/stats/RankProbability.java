package dev.attune.core.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The probability that a score of one class is above a score of the other, ties counting half: the area under the ROC
 * curve, and U / (n m) of the Mann-Whitney test.
 */
public final class RankProbability {
    private RankProbability() {}

    /**
     * P(h > l) + P(h = l) / 2 for a pair drawn from both.
     *
     * @param high scores of the class that should be above
     * @param low scores of the other class
     * @return in [0, 1]; NaN if a class is empty
     */
    public static double of(List<Double> high, List<Double> low) {
        double[] ranks = Ranks.of(DoubleStream.concat(
                        high.stream().mapToDouble(Double::doubleValue),
                        low.stream().mapToDouble(Double::doubleValue))
                .toArray());
        double n = high.size();
        double sum = Arrays.stream(ranks, 0, high.size()).sum();
        return (sum - n * (n + 1) / 2) / (n * low.size());
    }
}
