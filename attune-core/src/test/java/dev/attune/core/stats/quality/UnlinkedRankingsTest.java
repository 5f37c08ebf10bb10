package dev.attune.core.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import dev.attune.core.stats.RankingAgreement;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnlinkedRankingsTest {
    private static Ranking ranking(String prompt, String criterion, String labeler, List<List<Integer>> order) {
        return ranking(prompt, criterion, labeler, order, List.of(), "a", "b", "c");
    }

    private static Ranking ranking(
            String prompt,
            String criterion,
            String labeler,
            List<List<Integer>> order,
            List<Integer> unranked,
            String... texts) {
        List<Ranking.Completion> completions =
                Stream.of(texts).map(text -> new Ranking.Completion(text, null)).toList();
        return new Ranking(
                prompt + labeler, Prompt.text(prompt), completions, criterion, order, unranked, labeler, null, null);
    }

    private static List<List<Integer>> order(int... indices) {
        List<List<Integer>> order = new ArrayList<>();
        for (int index : indices) {
            order.add(List.of(index));
        }
        return order;
    }

    private static List<Agreement> agreement(List<Ranking> rankings) {
        return Agreement.of(UnlinkedRankings.given(rankings), List.of());
    }

    private static double value(Optional<Estimate> figure) {
        return figure.orElseThrow().value();
    }

    /** a > b > c, a > c > b, and a = b > c, whose figures are worked out by hand. */
    @Test
    void figuresAreThoseWorkedOutByHand() {
        List<Agreement> all = agreement(List.of(
                ranking("p", "helpful", "l1", order(0, 1, 2)),
                ranking("p", "helpful", "l2", order(0, 2, 1)),
                ranking("p", "helpful", "l3", List.of(List.of(0, 1), List.of(2))),
                ranking("p", "harmless", "l1", order(0, 1, 2))));
        Agreement helpful = all.get(0);
        assertThat(helpful.comparisons()).isEqualTo(9);
        assertThat(helpful.rankings()).isEqualTo(3);
        assertThat(helpful.labelers()).isEqualTo(3);
        assertThat(value(helpful.agreement())).isCloseTo(5.0 / 9, within(1e-12));
        assertThat(value(helpful.alpha())).isCloseTo(1 - (4.0 / 9) / (30.0 / 72), within(1e-12));
        // Ranks 1 2 3, 1 3 2, 1.5 1.5 3: sums 3.5, 6.5, 8; S = 6.25 + 0.25 + 4; 12 S / (9 * 24 - 3 * 6).
        assertThat(value(helpful.concordance())).isCloseTo(12 * 10.5 / 198, within(1e-12));
        assertThat(helpful.agreement().orElseThrow().interval())
                .as("one task")
                .isEqualTo(new Interval(5.0 / 9, 5.0 / 9));
        assertThat(all.get(1))
                .isEqualTo(new Agreement("harmless", 1, 1, 0, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void agreesWithTheFiguresOfAllRankingsAtOnce() {
        Random random = new Random(3);
        List<Ranking> rankings = new ArrayList<>();
        for (int prompt = 0; prompt < 60; prompt++) {
            for (String labeler : List.of("l1", "l2", "l3")) {
                List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
                if (random.nextInt(3) == 0) {
                    Collections.shuffle(order, random);
                }
                rankings.add(ranking(
                        "p" + prompt,
                        "helpful",
                        labeler,
                        order.stream().map(List::of).toList()));
            }
        }
        RankingAgreement whole = RankingAgreement.of(rankings);
        Agreement agreement = agreement(rankings).get(0);
        assertThat(agreement.comparisons()).isEqualTo(whole.comparisons());
        assertThat(value(agreement.agreement())).isCloseTo(whole.agreement(), within(1e-12));
        assertThat(value(agreement.alpha())).isCloseTo(whole.alpha(), within(1e-9));
        for (Optional<Estimate> one : List.of(agreement.agreement(), agreement.alpha(), agreement.concordance())) {
            Estimate figure = one.orElseThrow();
            assertThat(figure.interval().contains(figure.value())).isTrue();
            assertThat(figure.interval().high() - figure.interval().low()).isBetween(0.05, 0.4);
        }
        Collections.shuffle(rankings, random);
        assertThat(agreement(rankings)).as("in another order").isEqualTo(List.of(agreement));
    }

    @Test
    void theOrderInWhichCompletionsStandDoesNotMatter() {
        Agreement agreement = agreement(List.of(
                        ranking("p", "helpful", "l1", order(0, 1, 2), List.of(), "a", "b", "c"),
                        ranking("p", "helpful", "l2", order(2, 0, 1), List.of(), "b", "c", "a")))
                .get(0);
        assertThat(value(agreement.agreement())).isEqualTo(1);
        assertThat(value(agreement.concordance())).isEqualTo(1);
    }

    /** An answer that one labeler wrote and others never saw. */
    @Test
    void whatOneLabelerAloneSawIsLeftOut() {
        List<GivenRanking> given = UnlinkedRankings.given(List.of(
                ranking("p", "helpful", "l1", order(3, 0, 1), List.of(2), "a", "b", "c", "a, but better"),
                ranking("p", "harmless", "l1", order(3), List.of(0, 1, 2), "a", "b", "c", "a, but better"),
                ranking("p", "helpful", "l2", order(1, 0, 2))));
        assertThat(given).hasSize(2);
        assertThat(given).extracting(GivenRanking::task).containsOnly("1");
        Ranking first = given.get(0).ranking();
        assertThat(first.completions()).extracting(Ranking.Completion::text).containsExactly("a", "b", "c");
        assertThat(first.order()).isEqualTo(order(0, 1));
        assertThat(first.unranked()).containsExactly(2);
        assertThat(value(Agreement.of(given, List.of()).get(0).agreement()))
                .as("of a and b alone, for l1 did not rank c")
                .isZero();
    }

    @Test
    void rankingsOfOtherCompletionsAreOfAnotherTask() {
        Ranking one = ranking("p", "helpful", "l1", order(0, 1), List.of(), "a", "b");
        Ranking two = ranking("p", "helpful", "l2", order(1, 0), List.of(), "b", "c");
        Ranking three = ranking("q", "helpful", "l3", order(0, 1), List.of(), "a", "b");
        Ranking again = ranking("p", "helpful", "l1", order(1, 0), List.of(), "a", "b");
        Ranking four = ranking("p", "helpful", "l4", order(1, 0, 2), List.of(), "same", "b", "same");
        Ranking five = ranking("p", "helpful", "l5", order(1, 0, 2), List.of(), "same", "b", "same");
        List<GivenRanking> given = UnlinkedRankings.given(List.of(one, two, three, again, four, five));
        assertThat(given).extracting(GivenRanking::task).containsExactly("1", "2", "3", "4", "5", "5");
        assertThat(given.get(5).ranking()).isEqualTo(five);
        assertThat(Agreement.of(given, List.of()).get(0).comparisons()).isEqualTo(3);
    }
}
