package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Quality figures of one labeler's rankings under one criterion.
 *
 * @param rankings their number
 * @param agreement the share of comparisons with another labeler on the same pair of completions in which both gave the
 *     same verdict
 * @param deviation from the others; empty if nobody else ranked the same tasks
 * @param habits the share of longer and of earlier answers that win, and the share of ties
 * @param medianSeconds per submission; NaN if it is known for none
 * @param allBad the share of rankings in which none was acceptable
 */
public record LabelerQuality(
        String labeler,
        String criterion,
        int rankings,
        Optional<Estimate> agreement,
        Optional<Deviation> deviation,
        PairHabits habits,
        double medianSeconds,
        double allBad) {
    /** The quality of a labeler who has a ranking under the criterion. */
    static LabelerQuality of(String labeler, String criterion, List<TaskRankings> tasks) {
        List<RankMatrix> own = new ArrayList<>();
        List<double[]> comparisons = new ArrayList<>();
        for (TaskRankings task : tasks) {
            for (RankMatrix ranks : task.rankMatrices()) {
                if (ranks.labeler().equals(labeler)) {
                    own.add(ranks);
                    comparisons.add(comparisons(ranks, task));
                }
            }
        }
        comparisons.removeIf(task -> task[1] == 0);
        return new LabelerQuality(
                labeler,
                criterion,
                own.size(),
                TaskBootstrap.estimate(comparisons, sums -> sums[0] / sums[1]),
                Deviation.of(labeler, tasks),
                PairHabits.of(own),
                Summary.median(own.stream()
                        .mapToDouble(ranks -> ranks.given().seconds())
                        .filter(seconds -> !Double.isNaN(seconds))
                        .toArray()),
                (double) own.stream()
                                .filter(ranks -> ranks.given().ranking().allBad())
                                .count()
                        / own.size());
    }

    /** The number of comparisons with other labelers that agree, and the number of all comparisons. */
    private static double[] comparisons(RankMatrix own, TaskRankings task) {
        double[] comparisons = new double[2];
        for (RankMatrix other : task.rankMatrices()) {
            if (other != own) {
                task.forEachPair((first, second) -> {
                    if (own.ranksBoth(first, second) && other.ranksBoth(first, second)) {
                        comparisons[0] += own.sign(first, second) == other.sign(first, second) ? 1 : 0;
                        comparisons[1]++;
                    }
                });
            }
        }
        return comparisons;
    }
}
