package dev.attune.core.stats.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The figures of a project. Test questions count for {@code tests} and {@code drift} alone: they are chosen to be clear, and
 * would make labelers look as if they agreed more than on what is exported.
 *
 * @param agreement a criterion each
 * @param labelers a labeler and criterion each
 * @param habits of all labelers together
 * @param tests a labeler each who answered one
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
        Collection<Ballot> ballots = Ballot.of(
                rankings.stream().filter(given -> !answers.asks(given.task())).toList());
        Map<String, List<Ballot>> byCriterion = new LinkedHashMap<>();
        ballots.forEach(ballot -> byCriterion
                .computeIfAbsent(ballot.criterion(), name -> new ArrayList<>())
                .add(ballot));
        List<Agreement> agreement = new ArrayList<>();
        List<LabelerQuality> labelers = new ArrayList<>();
        byCriterion.forEach((criterion, own) -> {
            agreement.add(Agreement.of(criterion, own));
            labelers(own).forEach(labeler -> labelers.add(LabelerQuality.of(labeler, criterion, own)));
        });
        return new Quality(
                agreement,
                labelers,
                PairHabits.of(ballots.stream()
                        .flatMap(ballot -> ballot.sheets().stream())
                        .toList()),
                answers.scores(rankings),
                Drift.of(ballots, rankings, answers));
    }

    private static TreeSet<String> labelers(List<Ballot> ballots) {
        TreeSet<String> names = new TreeSet<>();
        ballots.forEach(ballot -> ballot.sheets().forEach(sheet -> names.add(sheet.labeler())));
        return names;
    }
}
