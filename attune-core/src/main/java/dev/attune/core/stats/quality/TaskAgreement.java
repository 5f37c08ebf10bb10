package dev.attune.core.stats.quality;

import java.util.Comparator;
import java.util.List;

/**
 * How much the labelers of one task agree under one criterion.
 *
 * @param agreement the share of comparisons of two labelers on the same pair of completions in which both gave the same
 *     verdict
 * @param contradictions number of comparisons with opposite verdicts
 */
public record TaskAgreement(String task, String criterion, double agreement, long contradictions) {
    /** The agreement of all tasks with a pair that two labelers judged, lowest agreement first. */
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
