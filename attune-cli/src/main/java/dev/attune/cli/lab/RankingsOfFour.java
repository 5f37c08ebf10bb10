package dev.attune.cli.lab;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rankings of four completions with a known number of pairs: alternately a strict order, one with an unranked completion,
 * and one with a tie in first place.
 */
record RankingsOfFour(List<Ranking> all) {
    private static final int COMPLETIONS = 4;
    private static final int PEOPLE = 5;
    private static final int STRICT_PAIRS = 6;
    private static final int PARTIAL_PAIRS = 3;
    private static final int TIED_PAIRS = 5;

    static RankingsOfFour random(int count, long seed) {
        Random random = new Random(seed);
        return new RankingsOfFour(
                IntStream.range(0, count).mapToObj(i -> ranking(i, random)).toList());
    }

    private static Ranking ranking(int number, Random random) {
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, COMPLETIONS).boxed().toList());
        Collections.shuffle(shuffled, random);
        List<List<Integer>> order = new ArrayList<>();
        shuffled.forEach(index -> order.add(List.of(index)));
        List<Integer> unranked = List.of();
        if (number % 3 == 1) {
            unranked = order.remove(COMPLETIONS - 1);
        } else if (number % 3 == 2) {
            order.set(0, shuffled.subList(0, 2));
            order.remove(1);
        }
        return new Ranking(
                "r" + number,
                Prompt.text("Question " + number),
                completions(),
                "helpful",
                order,
                unranked,
                "labeler " + number % PEOPLE,
                "1",
                Instant.ofEpochSecond(1_700_000_000L + number).toString());
    }

    private static List<Ranking.Completion> completions() {
        return IntStream.range(0, COMPLETIONS)
                .mapToObj(i -> new Ranking.Completion("Answer " + i + ". " + "Of some length. ".repeat(20), "m"))
                .toList();
    }

    void write(Path file) {
        RowFiles.write(
                file,
                all.stream().map(ranking -> new Row.RankingRow(0, ranking)).toList());
    }

    /** The number of their pairs. */
    long pairs() {
        int[] pairs = {STRICT_PAIRS, PARTIAL_PAIRS, TIED_PAIRS};
        return IntStream.range(0, all.size()).map(i -> pairs[i % pairs.length]).sum();
    }
}
