package dev.attune.core.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingPairsTest {
    private static final PairOptions ALL = PairOptions.defaults();

    /** Texts a, b, c, ... in this order of groups. */
    private static Ranking ranking(String id, String criterion, String labeler, List<List<Integer>> order, int texts) {
        List<Ranking.Completion> completions = "abcdef"
                .substring(0, texts)
                .chars()
                .mapToObj(c -> new Ranking.Completion(String.valueOf((char) c), null))
                .toList();
        List<Integer> unranked = java.util.stream.IntStream.range(0, texts)
                .boxed()
                .filter(i -> order.stream().noneMatch(group -> group.contains(i)))
                .toList();
        return new Ranking(id, Prompt.text("p"), completions, criterion, order, unranked, labeler, null, null);
    }

    private static List<String> words(List<Preference> pairs) {
        return pairs.stream().map(pair -> pair.chosen() + ">" + pair.rejected()).toList();
    }

    @Test
    void takesAllPairsOfDifferentGroups() {
        Ranking ranking = ranking("r", "helpful", "l", List.of(List.of(2), List.of(0, 1), List.of(3)), 5);
        List<Preference> pairs = RankingPairs.derive(List.of(ranking), ALL);
        assertThat(words(pairs)).containsExactly("c>a", "c>b", "c>d", "a>d", "b>d");
        assertThat(pairs).allSatisfy(pair -> {
            assertThat(pair.weight()).isEqualTo(0.2);
            assertThat(pair.probability()).isEqualTo(1);
            assertThat(pair.origin())
                    .isEqualTo(new Preference.Origin(List.of("r"), List.of("helpful"), List.of("l"), null, null));
        });
    }

    @Test
    void takesNeighbouringGroupsOrTheBestAlone() {
        Ranking ranking = ranking("r", "helpful", "l", List.of(List.of(2), List.of(0, 1), List.of(3)), 4);
        assertThat(words(RankingPairs.derive(List.of(ranking), ALL.withChoice(PairChoice.ADJACENT))))
                .containsExactly("c>a", "c>b", "a>d", "b>d");
        assertThat(words(RankingPairs.derive(List.of(ranking), ALL.withChoice(PairChoice.BEST_AGAINST_REST))))
                .containsExactly("c>a", "c>b", "c>d");
    }

    @Test
    void makesTiesPairsAtOneHalf() {
        Ranking ranking = ranking("r", "helpful", "l", List.of(List.of(0, 1), List.of(2, 3)), 4);
        List<Preference> pairs = RankingPairs.derive(List.of(ranking), ALL.withTies(Ties.HALF));
        assertThat(words(pairs)).containsExactly("a>b", "a>c", "a>d", "b>c", "b>d", "c>d");
        assertThat(pairs).extracting(Preference::probability).containsExactly(0.5, 1.0, 1.0, 1.0, 1.0, 0.5);
        List<Preference> best =
                RankingPairs.derive(List.of(ranking), ALL.withTies(Ties.HALF).withChoice(PairChoice.BEST_AGAINST_REST));
        assertThat(words(best)).containsExactly("a>b", "a>c", "a>d", "b>c", "b>d");
    }

    @Test
    void weighsPromptsOrPairs() {
        Ranking first = ranking("r1", "helpful", "l1", List.of(List.of(0), List.of(1), List.of(2)), 3);
        Ranking second = ranking("r2", "helpful", "l2", List.of(List.of(1), List.of(0)), 2);
        List<Preference> pairs = RankingPairs.derive(List.of(first, second), ALL);
        assertThat(words(pairs)).containsExactly("a>b", "a>c", "b>c", "b>a");
        assertThat(pairs).extracting(Preference::weight).containsOnly(0.25);
        assertThat(RankingPairs.derive(List.of(first, second), ALL.withWeights(PairWeights.PER_PAIR)))
                .extracting(Preference::weight)
                .containsOnly(1.0);
    }

    @Test
    void combinesLabelersByMajority() {
        List<Ranking> rankings = List.of(
                ranking("r1", "helpful", "l1", List.of(List.of(0), List.of(1)), 2),
                ranking("r2", "helpful", "l2", List.of(List.of(1), List.of(0)), 2),
                ranking("r3", "helpful", "l3", List.of(List.of(0), List.of(1)), 2));
        List<Preference> majority = RankingPairs.derive(rankings, ALL.withVotes(Votes.MAJORITY));
        assertThat(words(majority)).containsExactly("a>b");
        assertThat(majority.get(0).probability()).isEqualTo(1);
        assertThat(majority.get(0).origin().labelers()).containsExactly("l1", "l2", "l3");
        assertThat(majority.get(0).origin().note()).isEqualTo("share of votes 0.667");
        List<Preference> soft = RankingPairs.derive(rankings, ALL.withVotes(Votes.SOFT));
        assertThat(soft.get(0).probability()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(RankingPairs.derive(rankings.subList(0, 2), ALL.withVotes(Votes.MAJORITY)))
                .isEmpty();
    }

    @Test
    void letsThePrecedenceDecideWhereCriteriaDisagree() {
        List<Ranking> rankings = List.of(
                ranking("r1", "helpful", "l", List.of(List.of(0), List.of(1), List.of(2)), 3),
                ranking("r2", "harmless", "l", List.of(List.of(1), List.of(0, 2)), 3));
        List<Preference> pairs = RankingPairs.derive(rankings, ALL.withPrecedence(Precedence.HARMLESS_HONEST_HELPFUL));
        assertThat(words(pairs)).containsExactly("b>a", "a>c", "b>c");
        assertThat(pairs.get(0).origin())
                .isEqualTo(new Preference.Origin(
                        List.of("r1", "r2"),
                        List.of("harmless", "helpful"),
                        List.of("l"),
                        "harmless",
                        "harmless over helpful"));
        assertThat(pairs.get(1).origin().criteria()).containsExactly("helpful");
        assertThat(pairs.get(1).origin().decidedBy()).isNull();
        assertThat(pairs.get(2).origin().criteria()).containsExactly("harmless", "helpful");
        assertThat(pairs.get(2).origin().decidedBy()).isNull();
        assertThat(pairs).extracting(Preference::weight).containsOnly(1.0 / 3);
    }

    @Test
    void refusesACriterionOutsideThePrecedence() {
        Ranking ranking = ranking("r1", "funny", "l", List.of(List.of(0), List.of(1)), 2);
        assertThatThrownBy(() ->
                        RankingPairs.derive(List.of(ranking), ALL.withPrecedence(Precedence.HARMLESS_HONEST_HELPFUL)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("ranking r1: found the criterion 'funny', expected harmless, honest, helpful");
    }

    @Test
    void refusesIndicesThatAreWrong() {
        assertThat(ranking("r", "c", "l", List.of(List.of(0), List.of(0)), 2).problem())
                .contains("the index 0 twice");
        assertThat(ranking("r", "c", "l", List.of(List.of(0), List.of(2)), 2).problem())
                .contains("the index 2 of 2 completions");
        assertThat(ranking("r", "c", "l", List.of(List.of(0), List.of()), 2).problem())
                .contains("an empty group");
        assertThatThrownBy(() ->
                        RankingPairs.derive(List.of(ranking("r", "c", "l", List.of(List.of(0), List.of(2)), 2)), ALL))
                .isInstanceOf(BadInputException.class);
    }

    @Test
    void countsAPairOnceAndSkipsEqualTexts() {
        Ranking ranking = new Ranking(
                "r",
                Prompt.text("p"),
                List.of(
                        new Ranking.Completion("same", null),
                        new Ranking.Completion("same", null),
                        new Ranking.Completion("other", null)),
                "helpful",
                List.of(List.of(0), List.of(2), List.of(1)),
                List.of(),
                "l",
                null,
                null);
        assertThat(words(RankingPairs.derive(List.of(ranking), ALL))).containsExactly("same>other");
    }

    @Test
    void labelsTheBestGroupOne() {
        Ranking ranking = ranking("r", "helpful", "l", List.of(List.of(2), List.of(0, 1)), 4);
        assertThat(Label.of(ranking))
                .containsExactly(
                        new Label(Prompt.text("p"), "c", 1, "r"),
                        new Label(Prompt.text("p"), "a", 0, "r"),
                        new Label(Prompt.text("p"), "b", 0, "r"));
    }
}
