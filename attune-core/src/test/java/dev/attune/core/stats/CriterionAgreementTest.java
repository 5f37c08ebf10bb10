package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CriterionAgreementTest {
    private static Ranking ranking(String prompt, String criterion, String labeler, List<List<Integer>> order) {
        List<Ranking.Completion> completions = List.of(
                new Ranking.Completion("a", null),
                new Ranking.Completion("b", null),
                new Ranking.Completion("c", null));
        return new Ranking(
                prompt + labeler, Prompt.text(prompt), completions, criterion, order, List.of(), labeler, null, null);
    }

    private static List<List<Integer>> order(int... indices) {
        List<List<Integer>> order = new ArrayList<>();
        for (int index : indices) {
            order.add(List.of(index));
        }
        return order;
    }

    /** a > b > c, a > c > b, and a = b > c, whose figures are worked out by hand. */
    @Test
    void figuresAreThoseWorkedOutByHand() {
        List<Ranking> rankings = List.of(
                ranking("p", "helpful", "l1", order(0, 1, 2)),
                ranking("p", "helpful", "l2", order(0, 2, 1)),
                ranking("p", "helpful", "l3", List.of(List.of(0, 1), List.of(2))),
                ranking("p", "harmless", "l1", order(0, 1, 2)));
        List<CriterionAgreement> all = CriterionAgreement.of(rankings, 1);
        CriterionAgreement helpful = all.get(0);
        assertThat(helpful.comparisons()).isEqualTo(9);
        assertThat(helpful.labelers()).isEqualTo(3);
        assertThat(helpful.agreement().value()).isCloseTo(5.0 / 9, within(1e-12));
        assertThat(helpful.alpha().value()).isCloseTo(1 - (4.0 / 9) / (30.0 / 72), within(1e-12));
        // Ranks 1 2 3, 1 3 2, 1.5 1.5 3: sums 3.5, 6.5, 8; S = 6.25 + 0.25 + 4; 12 S / (9 * 24 - 3 * 6).
        assertThat(helpful.w().value()).isCloseTo(12 * 10.5 / 198, within(1e-12));
        assertThat(helpful.agreement().interval()).as("one prompt").isEqualTo(new Interval(5.0 / 9, 5.0 / 9));
        assertThat(all.get(1)).isEqualTo(new CriterionAgreement("harmless", 1, 1, 0, 0, null, null, null));
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
        CriterionAgreement agreement = CriterionAgreement.of(rankings, 1).get(0);
        assertThat(agreement.comparisons()).isEqualTo(whole.comparisons());
        assertThat(agreement.agreement().value()).isCloseTo(whole.agreement(), within(1e-12));
        assertThat(agreement.alpha().value()).isCloseTo(whole.alpha(), within(1e-9));
        for (Estimate figure : List.of(agreement.agreement(), agreement.alpha(), agreement.w())) {
            assertThat(figure.interval().contains(figure.value())).isTrue();
            assertThat(figure.interval().high() - figure.interval().low()).isBetween(0.05, 0.4);
        }
        assertThat(CriterionAgreement.of(rankings, 1)).isEqualTo(List.of(agreement));
    }
}
