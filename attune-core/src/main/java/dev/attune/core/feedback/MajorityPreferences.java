package dev.attune.core.feedback;

import dev.attune.core.feedback.Preference.Origin;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the preferences of a group of rankings by majority vote on the pairs of their completions. A pair is voted on
 * if the choice of pairs takes it from at least one ranking; then every ranking that contains both texts has a vote.
 * Within a criterion the majority decides; if criteria disagree, the first one in precedence decides. A text that
 * occurs twice in a ranking counts at its best place.
 */
final class MajorityPreferences {
    /** Two texts, in the order in which they first appear. */
    private record Pair(String first, String second) {
        Pair reversed() {
            return new Pair(/* first= */ second, /* second= */ first);
        }
    }

    /** The verdict of one criterion's rankings on a pair. */
    private record Verdict(String criterion, int forFirst, int forSecond, int ties) {
        int sign() {
            return Integer.signum(forFirst - forSecond);
        }

        int votes() {
            return forFirst + forSecond + ties;
        }
    }

    private final Prompt prompt;
    private final List<Ranking> rankings;
    private final List<Map<String, Integer>> places;
    private final PairOptions options;

    private MajorityPreferences(List<Ranking> rankings, PairOptions options) {
        this.prompt = rankings.get(0).prompt();
        this.rankings = rankings;
        this.places = rankings.stream().map(MajorityPreferences::places).toList();
        this.options = options;
    }

    /** The preferences of rankings of one prompt. */
    static List<Preference> preferences(List<Ranking> rankings, PairOptions options) {
        MajorityPreferences vote = new MajorityPreferences(rankings, options);
        return vote.candidates().stream().flatMap(vote::decide).toList();
    }

    private static Map<String, Integer> places(Ranking ranking) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int group = 0; group < ranking.order().size(); group++) {
            for (int index : ranking.order().get(group)) {
                places.putIfAbsent(ranking.completions().get(index).text(), group);
            }
        }
        return places;
    }

    private Set<Pair> candidates() {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (Map<String, Integer> place : places) {
            List<String> texts = List.copyOf(place.keySet());
            for (int i = 0; i < texts.size(); i++) {
                for (int j = i + 1; j < texts.size(); j++) {
                    Pair pair = new Pair(texts.get(i), texts.get(j));
                    if (takes(place, pair) && !pairs.contains(pair.reversed())) {
                        pairs.add(pair);
                    }
                }
            }
        }
        return pairs;
    }

    private boolean takes(Map<String, Integer> place, Pair pair) {
        int first = place.getOrDefault(pair.first(), 0);
        int second = place.getOrDefault(pair.second(), 0);
        return first == second
                ? options.choice().takesTie(first)
                : options.choice().takes(Math.min(first, second), Math.max(first, second));
    }

    private Stream<Preference> decide(Pair pair) {
        List<Verdict> verdicts = verdicts(pair);
        Verdict deciding = verdicts.stream()
                .filter(verdict -> verdict.sign() != 0)
                .findFirst()
                .orElse(null);
        if (deciding == null) {
            return options.ties() == Ties.HALF ? Stream.of(tie(pair, verdicts)) : Stream.empty();
        }
        List<Verdict> heard =
                verdicts.stream().filter(verdict -> verdict.sign() != 0).toList();
        List<Verdict> agreeing = heard.stream()
                .filter(verdict -> verdict.sign() == deciding.sign())
                .toList();
        boolean disputed = agreeing.size() < heard.size();
        boolean first = deciding.sign() > 0;
        double share = share(agreeing, first);
        Origin origin =
                origin(pair, heard, disputed ? deciding.criterion() : null, note(deciding, heard, disputed, share));
        return Stream.of(new Preference(
                prompt,
                first ? pair.first() : pair.second(),
                first ? pair.second() : pair.first(),
                options.votes() == Votes.SOFT ? share : 1,
                1,
                null,
                origin));
    }

    private Preference tie(Pair pair, List<Verdict> verdicts) {
        return new Preference(prompt, pair.first(), pair.second(), 0.5, 1, null, origin(pair, verdicts, null, "tie"));
    }

    /** One verdict per criterion that has a vote, in the order of precedence. */
    private List<Verdict> verdicts(Pair pair) {
        Map<String, Verdict> byCriterion = new LinkedHashMap<>();
        for (int i = 0; i < rankings.size(); i++) {
            Integer first = places.get(i).get(pair.first());
            Integer second = places.get(i).get(pair.second());
            if (first != null && second != null) {
                String criterion = rankings.get(i).criterion();
                int sign = Integer.compare(second, first);
                Verdict vote = new Verdict(criterion, sign > 0 ? 1 : 0, sign < 0 ? 1 : 0, sign == 0 ? 1 : 0);
                byCriterion.merge(criterion, vote, MajorityPreferences::sum);
            }
        }
        List<Verdict> verdicts = new ArrayList<>(byCriterion.values());
        Precedence precedence = options.precedence();
        if (precedence != null) {
            verdicts.sort(Comparator.comparingInt(verdict -> precedence.rank(
                    verdict.criterion(), "ranking " + rankings.get(0).id())));
        }
        return verdicts;
    }

    private static Verdict sum(Verdict a, Verdict b) {
        return new Verdict(
                a.criterion(), a.forFirst() + b.forFirst(), a.forSecond() + b.forSecond(), a.ties() + b.ties());
    }

    private static double share(List<Verdict> agreeing, boolean first) {
        double won = agreeing.stream()
                .mapToDouble(verdict -> (first ? verdict.forFirst() : verdict.forSecond()) + 0.5 * verdict.ties())
                .sum();
        return won / agreeing.stream().mapToInt(Verdict::votes).sum();
    }

    private static @Nullable String note(Verdict deciding, List<Verdict> heard, boolean disputed, double share) {
        List<String> notes = new ArrayList<>();
        if (disputed) {
            List<String> overruled = heard.stream()
                    .filter(verdict -> verdict.sign() != deciding.sign())
                    .map(Verdict::criterion)
                    .toList();
            notes.add(deciding.criterion() + " over " + String.join(", ", overruled));
        }
        if (share < 1) {
            notes.add("share of votes " + Math.round(share * 1000) / 1000.0);
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    private Origin origin(Pair pair, List<Verdict> verdicts, @Nullable String decidedBy, @Nullable String note) {
        List<String> criteria = verdicts.stream().map(Verdict::criterion).toList();
        List<Ranking> behind = new ArrayList<>();
        for (int i = 0; i < rankings.size(); i++) {
            Ranking ranking = rankings.get(i);
            boolean voted =
                    places.get(i).containsKey(pair.first()) && places.get(i).containsKey(pair.second());
            if (voted && criteria.contains(ranking.criterion())) {
                behind.add(ranking);
            }
        }
        return new Origin(
                distinct(behind, Ranking::id),
                criteria,
                distinct(behind, Ranking::labeler),
                distinct(behind, Ranking::guideline),
                distinct(behind, Ranking::time),
                decidedBy,
                note);
    }

    /** Distinct values; unknown ones are left out. */
    private static List<String> distinct(List<Ranking> rankings, Function<Ranking, @Nullable String> property) {
        Set<String> names = new LinkedHashSet<>();
        for (Ranking ranking : rankings) {
            String name = property.apply(ranking);
            if (name != null) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
