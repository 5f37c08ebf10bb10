package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The same completions listed in another order. Sampling settings are ignored. */
final class CompletionOrder {
    private static final Comparator<Ranking.Completion> BY_TEXT_AND_MODEL = Comparator.comparing(
                    Ranking.Completion::text)
            .thenComparing(Ranking.Completion::model, Comparator.nullsFirst(Comparator.naturalOrder()));

    private CompletionOrder() {}

    /** The canonical order, which is the same for every list of the same completions. */
    static List<Ranking.Completion> sorted(List<Ranking.Completion> completions) {
        return completions.stream()
                .map(Ranking.Completion::withoutSampling)
                .sorted(BY_TEXT_AND_MODEL)
                .toList();
    }

    /**
     * A ranking with its completions in another order, and its indices changed with them.
     *
     * @param order the ranking's completions, each as often as the ranking has it
     */
    static Ranking reordered(Ranking ranking, List<Ranking.Completion> order) {
        List<Integer> places = places(ranking.completions(), order);
        return new Ranking(
                ranking.id(),
                ranking.prompt(),
                order,
                ranking.criterion(),
                ranking.order().stream().map(group -> at(group, places)).toList(),
                at(ranking.unranked(), places),
                ranking.labeler(),
                ranking.guideline(),
                ranking.time(),
                ranking.allBad());
    }

    private static List<Integer> at(List<Integer> indices, List<Integer> places) {
        return indices.stream().map(places::get).toList();
    }

    /** The index of each completion in another order; equal ones keep their relative order. */
    private static List<Integer> places(List<Ranking.Completion> completions, List<Ranking.Completion> order) {
        BitSet taken = new BitSet(order.size());
        return completions.stream()
                .map(completion -> {
                    int place = IntStream.range(0, order.size())
                            .filter(index -> !taken.get(index) && same(order.get(index), completion))
                            .findFirst()
                            .orElseThrow();
                    taken.set(place);
                    return place;
                })
                .toList();
    }

    private static boolean same(Ranking.Completion one, Ranking.Completion other) {
        return one.withoutSampling().equals(other.withoutSampling());
    }
}
