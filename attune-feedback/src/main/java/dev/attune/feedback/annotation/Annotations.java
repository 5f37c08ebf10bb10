package dev.attune.feedback.annotation;

import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Preference.Origin;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.PairReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The judgements of items, with one or more votes per item.
 *
 * @param items that were judged
 * @param votes for each vote the judgements of all items, in their order
 */
public record Annotations(List<AnnotationItem> items, List<List<Judgement>> votes) {
    public Annotations {
        items = List.copyOf(items);
        votes = List.copyOf(votes);
    }

    /** The mean over the scored votes of the probability that an item's first completion is better; empty without one. */
    public OptionalDouble label(int item) {
        return votes.stream()
                .flatMap(vote -> vote.get(item).verdict().scoredValue().stream())
                .mapToDouble(Double::doubleValue)
                .average();
    }

    /**
     * The preferences: the completion with the larger probability is chosen. Unscored items give none; a label of exactly 0.5
     * gives a pair with probability 0.5.
     *
     * @param judge the judge's name, for the origin
     */
    public List<Preference> preferences(Constitution constitution, String judge) {
        List<Preference> preferences = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            AnnotationItem item = items.get(i);
            Origin origin = Origin.of(new Preference.Judge(
                    Preference.Judge.Kind.MODEL,
                    judge,
                    constitution.label(),
                    List.of(item.principle().name())));
            label(i).ifPresent(label -> preferences.add(preference(item, label, origin)));
        }
        return preferences;
    }

    private static Preference preference(AnnotationItem item, double label, Origin origin) {
        boolean first = label >= 0.5;
        List<String> answers = item.judged().answers();
        return new Preference(
                item.judged().prompt(),
                answers.get(first ? 0 : 1),
                answers.get(first ? 1 : 0),
                Math.max(label, 1 - label),
                1,
                null,
                origin);
    }

    /**
     * What the judge did under one principle.
     *
     * @param items judged under it
     * @param decided mean distance of the labels from 0.5, in [0, 0.5]; empty if none is scored
     * @param pairs consistency and position bias
     */
    public record OfPrinciple(int items, OptionalDouble decided, PairReport pairs) {}

    /** The judge's behaviour over all items. */
    public PairReport report() {
        return PairReport.of(votes.stream().flatMap(List::stream).toList());
    }

    /** The judge's behaviour by principle, in the order of first use. */
    public Map<String, OfPrinciple> byPrinciple() {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            places.computeIfAbsent(items.get(i).principle().name(), name -> new ArrayList<>())
                    .add(i);
        }
        Map<String, OfPrinciple> report = new LinkedHashMap<>();
        places.forEach((name, of) -> report.put(name, ofPrinciple(of)));
        return report;
    }

    private OfPrinciple ofPrinciple(List<Integer> places) {
        List<Judgement> judgements =
                votes.stream().flatMap(vote -> places.stream().map(vote::get)).toList();
        return new OfPrinciple(
                places.size(),
                places.stream()
                        .flatMapToDouble(place -> label(place).stream())
                        .map(label -> Math.abs(label - 0.5))
                        .average(),
                PairReport.of(judgements));
    }

    /** How many items have no label. */
    public int unscored() {
        return (int)
                IntStream.range(0, items.size()).filter(i -> label(i).isEmpty()).count();
    }
}
