package dev.attune.core.stats.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The quality figures of a project. Test questions count only for {@code tests} and {@code drift}: they are chosen to
 * be clear, and would make labelers look as if they agreed more than on what is exported.
 *
 * @param agreement one per criterion
 * @param labelers one per labeler and criterion
 * @param habits of all labelers together
 * @param tests one per labeler who answered a test question
 */
public record Quality(
        List<Agreement> agreement,
        List<LabelerQuality> labelers,
        PairHabits habits,
        List<TestScore> tests,
        Drift drift) {
    public Quality {
        agreement = List.copyOf(agreement);
        labelers = List.copyOf(labelers);
        tests = List.copyOf(tests);
    }

    /** @param rankings the newest of each labeler, task and criterion */
    public static Quality of(List<GivenRanking> rankings, List<KnownAnswer> known) {
        TestAnswers answers = new TestAnswers(known);
        Map<String, List<TaskRankings>> byCriterion = TaskRankings.byCriterion(answers.others(rankings));
        List<TaskRankings> tasks =
                byCriterion.values().stream().flatMap(List::stream).toList();
        List<LabelerQuality> labelers = new ArrayList<>();
        byCriterion.forEach((criterion, own) -> TaskRankings.labelers(own)
                .forEach(labeler -> labelers.add(LabelerQuality.of(labeler, criterion, own))));
        return new Quality(
                Agreement.of(byCriterion),
                labelers,
                PairHabits.of(tasks.stream()
                        .flatMap(task -> task.rankMatrices().stream())
                        .toList()),
                answers.scores(rankings),
                Drift.of(tasks, rankings, answers));
    }
}
