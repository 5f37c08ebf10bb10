package dev.attune.core.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.text.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five rankings of four completions whose pairs are counted by hand. */
class PairCountsTest {
    private static final List<Ranking.Completion> ABCD = List.of(
            new Ranking.Completion("a", null),
            new Ranking.Completion("b", null),
            new Ranking.Completion("c", null),
            new Ranking.Completion("d", null));
    /** Of four: 6 pairs, 3 neighbours, 3 with the best. */
    private static final Ranking STRICT =
            ranking("strict", List.of(List.of(1), List.of(0), List.of(3), List.of(2)), List.of(), false);
    /** One of the 6 pairs is a tie; 2 + 2 neighbours, 3 with the best. */
    private static final Ranking TIED =
            ranking("tied", List.of(List.of(0), List.of(1, 2), List.of(3)), List.of(), false);
    /** Two are ranked: 1 pair. */
    private static final Ranking PARTIAL = ranking("partial", List.of(List.of(2), List.of(0)), List.of(1, 3), false);
    /** As the tied one; that none is acceptable changes no pair. */
    private static final Ranking ALL_BAD =
            ranking("all-bad", List.of(List.of(3), List.of(0, 1), List.of(2)), List.of(), true);
    /** 6 ties. */
    private static final Ranking UNDECIDED = ranking("undecided", List.of(List.of(0, 1, 2, 3)), List.of(), false);

    private static final List<Ranking> ALL = List.of(STRICT, TIED, PARTIAL, ALL_BAD, UNDECIDED);

    private static Ranking ranking(String id, List<List<Integer>> order, List<Integer> unranked, boolean allBad) {
        return new Ranking(
                id,
                Prompt.text("prompt of " + id),
                ABCD,
                "helpful",
                order,
                unranked,
                "ann",
                "2",
                "2026-01-01T00:00:00Z",
                allBad);
    }

    private static int count(PairOptions options) {
        return RankingPairs.derive(ALL, options).size();
    }

    @Test
    void pairsAreAsManyAsCountedByHand() {
        PairOptions options = PairOptions.defaults();
        assertThat(count(options)).isEqualTo(6 + 5 + 1 + 5 + 0);
        assertThat(count(options.withTies(Ties.HALF))).isEqualTo(6 + 6 + 1 + 6 + 6);
        assertThat(count(options.withChoice(PairChoice.ADJACENT))).isEqualTo(3 + 4 + 1 + 4 + 0);
        assertThat(count(options.withChoice(PairChoice.BEST_AGAINST_REST))).isEqualTo(3 + 3 + 1 + 3 + 0);
    }

    @Test
    void labelsRewardTheBestUnlessAllAreBad() {
        List<Label> labels = Label.of(ALL);
        assertThat(labels).hasSize(4 + 4 + 2 + 4 + 4);
        assertThat(labels.stream().mapToDouble(Label::reward).sum()).isEqualTo(1 + 1 + 1 + 0 + 4);
        assertThat(Label.of(ALL_BAD)).extracting(Label::reward).containsOnly(0.0);
    }

    @Test
    void aPairKnowsWhereItCameFrom() {
        assertThat(RankingPairs.derive(List.of(PARTIAL), PairOptions.defaults()))
                .containsExactly(new Preference(
                        PARTIAL.prompt(),
                        "c",
                        "a",
                        1,
                        1,
                        null,
                        new Preference.Origin(
                                List.of("partial"),
                                List.of("helpful"),
                                List.of("ann"),
                                List.of("2"),
                                List.of("2026-01-01T00:00:00Z"),
                                null,
                                null)));
    }
}
