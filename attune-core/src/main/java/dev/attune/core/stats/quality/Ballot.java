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

/** All rankings of one task under one criterion. */
record Ballot(String task, String criterion, List<Sheet> sheets) {
    private record Key(String task, String criterion) {}

    /** What is done with two completions. */
    interface PairAction {
        void accept(int first, int second);
    }

    /** Rankings put together by task and criterion, in the order in which these first appear. */
    static Collection<Ballot> of(List<GivenRanking> rankings) {
        Map<Key, Ballot> ballots = new LinkedHashMap<>();
        for (GivenRanking given : rankings) {
            Key key = new Key(given.task(), given.ranking().criterion());
            ballots.computeIfAbsent(key, k -> new Ballot(k.task(), k.criterion(), new ArrayList<>()))
                    .sheets()
                    .add(new Sheet(given));
        }
        return ballots.values();
    }

    /** The same by criterion, in the order in which these first appear. */
    static Map<String, List<Ballot>> byCriterion(List<GivenRanking> rankings) {
        Map<String, List<Ballot>> byCriterion = new LinkedHashMap<>();
        of(rankings).forEach(ballot -> byCriterion
                .computeIfAbsent(ballot.criterion(), name -> new ArrayList<>())
                .add(ballot));
        return byCriterion;
    }

    /** The names of all who ranked. */
    static SortedSet<String> labelers(List<Ballot> ballots) {
        SortedSet<String> names = new TreeSet<>();
        ballots.forEach(ballot -> ballot.sheets().forEach(sheet -> names.add(sheet.labeler())));
        return names;
    }

    boolean several() {
        return sheets.size() > 1;
    }

    /** Every pair of completions once, the one whose text sorts first being the first. */
    void forEachPair(PairAction action) {
        Sheet any = sheets.get(0);
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
