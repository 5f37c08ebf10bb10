package dev.attune.core.stats.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** All rankings of one task under one criterion, each as a rank matrix. */
record TaskRankings(String task, String criterion, List<RankMatrix> rankMatrices) {
    private record Key(String task, String criterion) {}

    /** Handles a pair of completions. */
    interface PairAction {
        void accept(int first, int second);
    }

    /** Rankings grouped by task and criterion, in the order in which these first appear. */
    static Collection<TaskRankings> of(List<GivenRanking> rankings) {
        Map<Key, TaskRankings> tasks = new LinkedHashMap<>();
        for (GivenRanking given : rankings) {
            Key key = new Key(given.task(), given.ranking().criterion());
            tasks.computeIfAbsent(key, k -> new TaskRankings(k.task(), k.criterion(), new ArrayList<>()))
                    .rankMatrices()
                    .add(new RankMatrix(given));
        }
        return tasks.values();
    }

    /** The same, grouped by criterion, in the order in which these first appear. */
    static Map<String, List<TaskRankings>> byCriterion(List<GivenRanking> rankings) {
        Map<String, List<TaskRankings>> byCriterion = new LinkedHashMap<>();
        of(rankings).forEach(task -> byCriterion
                .computeIfAbsent(task.criterion(), name -> new ArrayList<>())
                .add(task));
        return byCriterion;
    }

    /** The names of all labelers. */
    static SortedSet<String> labelers(List<TaskRankings> tasks) {
        SortedSet<String> names = new TreeSet<>();
        tasks.forEach(task -> task.rankMatrices().forEach(ranks -> names.add(ranks.labeler())));
        return names;
    }

    boolean several() {
        return rankMatrices.size() > 1;
    }

    /** Every pair of completions once, the one whose text sorts first being the first. */
    void forEachPair(PairAction action) {
        RankMatrix any = rankMatrices.get(0);
        List<Integer> byText = IntStream.range(0, any.size())
                .boxed()
                .sorted(Comparator.comparing(
                        index -> any.given().ranking().completions().get(index).text()))
                .toList();
        for (int i = 0; i < byText.size(); i++) {
            for (int j = i + 1; j < byText.size(); j++) {
                action.accept(byText.get(i), byText.get(j));
            }
        }
    }
}
