package dev.attune.core.stats.quality;

import java.util.Comparator;
import java.util.List;

/**
 * How much the labelers of one task agree under one criterion.
 *
 * @param agreement of the times that two labelers judged the same pair of completions, the share in which both said the same
 * @param contradictions how often one found the first better and another the second
 */
public record TaskAgreement(String task, String criterion, double agreement, long contradictions) {
    /** Of all tasks on whose pairs two labelers have a view, those with the lowest agreement first. */
    public static List<TaskAgreement> of(List<GivenRanking> rankings) {
        return TaskRankings.of(rankings).stream()
                .map(task -> of(task, PairCounts.of(task)))
                .filter(task -> !Double.isNaN(task.agreement()))
                .sorted(Comparator.comparingDouble(TaskAgreement::agreement)
                        .thenComparing(Comparator.comparingLong(TaskAgreement::contradictions)
                                .reversed()))
                .toList();
    }

    private static TaskAgreement of(TaskRankings task, PairCounts counts) {
        return new TaskAgreement(
                task.task(), task.criterion(), (double) counts.same() / counts.comparisons(), counts.contradictions());
    }
}
