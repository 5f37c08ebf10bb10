package dev.attune.cli.lab.overoptimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.cli.lab.overoptimisation.GoldPairs.Pair;
import dev.attune.cli.quickstart.QuestionMix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldPairsTest {
    private static final List<Answer> ANSWERS = List.of(
            new Answer("a", "bad 1", 0),
            new Answer("a", "good 1", 1),
            new Answer("a", "good 2", 1),
            new Answer("a", "bad 2", 0),
            new Answer("a", "bad 3", 0),
            new Answer("b", "good", 1),
            new Answer("b", "good too", 1));

    @Test
    void pairsGoodWithBadCompletionsOfAPrompt() {
        assertThat(new GoldPairs(0, 1).of(ANSWERS))
                .containsExactlyInAnyOrder(new Pair("a", "good 1", "bad 1"), new Pair("a", "good 2", "bad 2"));
        assertThat(new GoldPairs(1, 1).of(ANSWERS))
                .containsExactlyInAnyOrder(new Pair("a", "bad 1", "good 1"), new Pair("a", "bad 2", "good 2"));
    }

    @Test
    void labelsThisShareTheWrongWayRound() {
        List<Answer> many = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            many.add(new Answer("p" + i, "good", 1));
            many.add(new Answer("p" + i, "bad", 0));
        }
        List<Pair> pairs = new GoldPairs(0.2, 5).of(many);
        double wrong =
                pairs.stream().filter(pair -> pair.chosen().equals("bad")).count();
        assertThat(wrong / pairs.size()).as("0.2, standard error 0.006").isCloseTo(0.2, within(0.025));
        assertThat(new GoldPairs(0.2, 5).of(many)).isEqualTo(pairs);
    }

    @Test
    void accuracyOverPairsOfAPrompt() {
        List<Answer> answers = List.of(
                new Answer("a", "w", 1), new Answer("a", "x", 0), new Answer("b", "y", 0), new Answer("b", "z", 1));
        assertThat(ProxyAccuracy.of(answers, new double[] {2, 1, 4, 3}, 2)).isEqualTo(0.5);
        assertThat(ProxyAccuracy.of(answers, new double[] {2, 2, 3, 4}, 2)).isEqualTo(0.75);
        assertThat(ProxyAccuracy.of(answers, new double[] {2, 9, 3, 4}, 4))
                .as("2 is below 9 and 3; 4 is below 9 and above 3")
                .isEqualTo(0.25);
    }

    @Test
    void questionsAreMixedFourToTwoToOne() {
        assertThat(QuestionMix.sample(21, 3))
                .extracting(prompt -> prompt.kind().name())
                .hasSize(21)
                .satisfies(kinds -> {
                    assertThat(kinds.stream().filter("ANSWERABLE"::equals)).hasSize(12);
                    assertThat(kinds.stream().filter("UNANSWERABLE"::equals)).hasSize(6);
                    assertThat(kinds.stream().filter("HARMFUL"::equals)).hasSize(3);
                });
    }
}
