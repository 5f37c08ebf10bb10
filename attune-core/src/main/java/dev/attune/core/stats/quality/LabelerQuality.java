package dev.attune.core.stats.quality;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One labeler's rankings under one criterion.
 *
 * @param rankings how many
 * @param agreement of the times that somebody else judged the same pair of completions, the share in which both said the same
 * @param deviation from the others; none if nobody else ranked the same
 * @param habits what wins besides what the question asks, and how much is tied
 * @param medianSeconds for a submission; not a number if it is known of none
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
    /** Of a labeler who has a ranking under the criterion. */
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

    /** How often somebody else said the same, and how often somebody else judged the same pair. */
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
