package dev.attune.core.hacking;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Spearman;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correlation of a step's rewards with length.
 *
 * @param correlation Spearman's, of score and length over the step's rollouts, with its bootstrap interval
 * @param deciles the rollouts by score, lowest first, in ten groups of nearly one size; fewer if there are few rollouts
 */
public record LengthBias(Estimate correlation, List<Decile> deciles) {
    private static final int GROUPS = 10;
    private static final int RESAMPLES = 1000;

    /** A tenth of a step's rollouts. */
    public record Decile(double meanScore, double meanLength, int count) {}

    /** @param lengths in tokens, at least one */
    public static LengthBias of(double[] scores, double[] lengths, long seed) {
        double value = Spearman.correlation(scores, lengths);
        Interval interval = Bootstrap.interval(
                scores.length,
                indices -> Spearman.correlation(picked(scores, indices), picked(lengths, indices)),
                Interval.LEVEL,
                RESAMPLES,
                seed);
        return new LengthBias(new Estimate(value, interval, scores.length), deciles(scores, lengths));
    }

    private static List<Decile> deciles(double[] scores, double[] lengths) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int groups = Math.min(GROUPS, order.length);
        List<Decile> deciles = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int[] members =
                    Arrays.copyOfRange(order, group * order.length / groups, (group + 1) * order.length / groups);
            deciles.add(new Decile(mean(scores, members), mean(lengths, members), members.length));
        }
        return deciles;
    }

    private static double[] picked(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).toArray();
    }

    private static double mean(double[] values, int[] which) {
        return Arrays.stream(which).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
    }
}
