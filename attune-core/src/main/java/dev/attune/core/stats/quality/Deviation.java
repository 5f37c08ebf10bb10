package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a labeler deviates from the others. A completion's normalised rank in a ranking is (rank - 1) / (n - 1) among the
 * n that the ranking orders, ties sharing the mean of their ranks: 0 is best, 1 last. The deviation on a completion is
 * the labeler's normalised rank less the mean of the others'. Over a whole ranking deviations add up to 0, so their
 * mean is always 0; a bias is a deviation that correlates with a property such as length.
 *
 * @param variance of the deviations over all completions that the labeler and at least one other ranked; 0 if the
 *     labeler ranks as the others do on average
 * @param towardsLonger half the mean, over pairs of unequal length, of the deviation of the shorter less that of the
 *     longer: above 0 the labeler puts longer answers higher than the others do, and 1 would be first what they put
 *     last
 * @param towardsEarlier the same for the answer that the labeler was shown later less that shown earlier, over pairs
 *     for which the display order is known
 */
public record Deviation(double variance, Optional<Estimate> towardsLonger, Optional<Estimate> towardsEarlier) {
    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int SQUARES = 2;
    private static final int BY_LENGTH = 3;
    private static final int UNEQUAL = 4;
    private static final int BY_POSITION = 5;
    private static final int PLACED = 6;
    private static final int SIZE = 7;

    /** The deviation of one labeler; empty if nobody else ranked the same tasks. */
    static Optional<Deviation> of(String labeler, List<TaskRankings> rankings) {
        List<double[]> tasks = new ArrayList<>();
        for (TaskRankings task : rankings) {
            for (RankMatrix own : task.rankMatrices()) {
                if (own.labeler().equals(labeler) && task.several()) {
                    tasks.add(summands(own, deviations(own, task.rankMatrices())));
                }
            }
        }
        double count = total(tasks, COUNT);
        return count < 2
                ? Optional.empty()
                : Optional.of(new Deviation(
                        (total(tasks, SQUARES) - total(tasks, SUM) * total(tasks, SUM) / count) / (count - 1),
                        TaskBootstrap.estimate(tasks, sums -> sums[BY_LENGTH] / sums[UNEQUAL]),
                        TaskBootstrap.estimate(tasks, sums -> sums[BY_POSITION] / sums[PLACED])));
    }

    private static double total(List<double[]> tasks, int summand) {
        return tasks.stream().mapToDouble(task -> task[summand]).sum();
    }

    /** The deviation on each completion; NaN if only the labeler or only the others ranked it. */
    private static double[] deviations(RankMatrix own, List<RankMatrix> rankMatrices) {
        double[] ranks = own.normalisedRanks();
        double[] sums = new double[ranks.length];
        int[] counts = new int[ranks.length];
        for (RankMatrix other : rankMatrices) {
            double[] theirs = other.normalisedRanks();
            for (int i = 0; i < ranks.length; i++) {
                if (other != own && !Double.isNaN(theirs[i])) {
                    sums[i] += theirs[i];
                    counts[i]++;
                }
            }
        }
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] -= sums[i] / counts[i];
        }
        return ranks;
    }

    private static double[] summands(RankMatrix own, double[] deviations) {
        double[] summands = new double[SIZE];
        for (int i = 0; i < deviations.length; i++) {
            if (Double.isNaN(deviations[i])) {
                continue;
            }
            summands[COUNT]++;
            summands[SUM] += deviations[i];
            summands[SQUARES] += deviations[i] * deviations[i];
            for (int j = i + 1; j < deviations.length; j++) {
                if (!Double.isNaN(deviations[j])) {
                    addPair(summands, own, i, j, (deviations[j] - deviations[i]) / 2);
                }
            }
        }
        return summands;
    }

    /** @param lead how much higher the labeler puts the first, over the second, than the others do */
    private static void addPair(double[] summands, RankMatrix own, int first, int second, double lead) {
        int longer = Integer.signum(own.length(first) - own.length(second));
        summands[BY_LENGTH] += longer * lead;
        summands[UNEQUAL] += Math.abs(longer);
        int earlier = own.earlier(first, second);
        summands[BY_POSITION] += earlier * lead;
        summands[PLACED] += Math.abs(earlier);
    }
}
