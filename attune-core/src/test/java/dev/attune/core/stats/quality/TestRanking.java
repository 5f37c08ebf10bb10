package dev.attune.core.stats.quality;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rankings for tests, of the texts a, bb, ccc and so on. */
record TestRanking(String task, String labeler, List<List<Integer>> order, List<Integer> unranked) {
    static TestRanking full(String task, String labeler, int... order) {
        return new TestRanking(
                task, labeler, IntStream.of(order).mapToObj(List::of).toList(), List.of());
    }

    /** Completions in a random order; the second may be tied with the first, the last may be left out. */
    static TestRanking random(String task, String labeler, int completions, Random random) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, completions).boxed().toList());
        Collections.shuffle(order, random);
        List<List<Integer>> groups = new ArrayList<>();
        groups.add(random.nextBoolean() ? List.of(order.get(0), order.get(1)) : List.of(order.get(0)));
        int last = random.nextInt(4) == 0 ? completions - 1 : completions;
        for (int i = groups.get(0).size(); i < last; i++) {
            groups.add(List.of(order.get(i)));
        }
        return new TestRanking(task, labeler, groups, order.subList(last, completions));
    }

    GivenRanking ranking() {
        return ranking(0);
    }

    GivenRanking ranking(long time) {
        return ranking(IntStream.range(0, count()).boxed().toList(), time);
    }

    private int count() {
        return unranked.size() + order.stream().mapToInt(List::size).sum();
    }

    GivenRanking ranking(List<Integer> shown, long time) {
        List<Ranking.Completion> completions = IntStream.range(0, count())
                .mapToObj(
                        i -> new Ranking.Completion(Character.toString('a' + i).repeat(i + 1), null))
                .toList();
        Ranking ranking = new Ranking(
                task + labeler, Prompt.text(task), completions, "helpful", order, unranked, labeler, null, null);
        return new GivenRanking(task, ranking, shown, 10 + time, time);
    }
}
