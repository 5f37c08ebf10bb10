package dev.attune.core.stats.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The test questions of a project with the labelers' answers. */
final class TestAnswers {
    private record Key(String task, String criterion) {}

    private final Map<Key, KnownAnswer> known = new HashMap<>();
    private final Set<String> tasks = new HashSet<>();

    TestAnswers(List<KnownAnswer> answers) {
        for (KnownAnswer answer : answers) {
            known.put(new Key(answer.task(), answer.criterion()), answer);
            tasks.add(answer.task());
        }
    }

    /** The rankings of tasks that are not a test question under any criterion. */
    List<GivenRanking> others(List<GivenRanking> rankings) {
        return rankings.stream().filter(given -> !tasks.contains(given.task())).toList();
    }

    /**
     * The marks of a ranking; empty if the answer to its task and criterion is not known or has no pair in strict
     * order.
     */
    Optional<TestScore.Marks> marks(GivenRanking given) {
        KnownAnswer answer = known.get(new Key(given.task(), given.ranking().criterion()));
        return Optional.ofNullable(answer)
                .map(right -> TestScore.Marks.of(new RankMatrix(given), right))
                .filter(marks -> marks.pairs() > 0);
    }

    /** The scores, sorted by labeler's name. */
    List<TestScore> scores(List<GivenRanking> rankings) {
        Map<String, List<TestScore.Marks>> marks = new TreeMap<>();
        for (GivenRanking given : rankings) {
            marks(given).ifPresent(one -> marks.computeIfAbsent(given.ranking().labeler(), name -> new ArrayList<>())
                    .add(one));
        }
        return marks.entrySet().stream()
                .map(entry -> TestScore.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
