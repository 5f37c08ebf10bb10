package dev.attune.cli.lab.overoptimisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.hacking.ProxyAgainstGold;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BestOfNTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** Of the six pairs of four completions three have the best as their best, two the second, one the third. */
    @Test
    void sharesOfTheBestOfTwoAmongFour() {
        double[] shares = BestOfN.shares(new double[] {3, 1, 4, 2}, 2);
        assertThat(shares).containsExactly(new double[] {2 / 6.0, 0, 3 / 6.0, 1 / 6.0}, EXACT);
    }

    @Test
    void oneIsTheMeanAndAllIsTheBest() {
        double[] proxy = {3, 1, 4, 2};
        assertThat(BestOfN.shares(proxy, 1)).containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, EXACT);
        assertThat(BestOfN.shares(proxy, 4)).containsExactly(new double[] {0, 0, 1, 0}, EXACT);
    }

    @Test
    void equalScoresShareEqually() {
        assertThat(BestOfN.shares(new double[] {5, 1, 5, 2}, 2))
                .containsExactly(new double[] {2.5 / 6, 0, 2.5 / 6, 1 / 6.0}, EXACT);
    }

    /** Every subset of 3 among 7, written out as bits. */
    @Test
    void agreesWithAllSubsets() {
        SplittableRandom random = new SplittableRandom(3);
        double[] proxy = random.doubles(7).toArray();
        double[] counted = new double[7];
        for (int bits = 0; bits < 128; bits++) {
            if (Integer.bitCount(bits) == 3) {
                int best = -1;
                for (int i = 0; i < 7; i++) {
                    best = (bits >> i & 1) == 1 && (best < 0 || proxy[i] > proxy[best]) ? i : best;
                }
                counted[best] += 1 / 35.0;
            }
        }
        assertThat(BestOfN.shares(proxy, 3)).containsExactly(counted, EXACT);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> BestOfN.shares(new double[3], 4)).hasMessage("the best of 4 among 3");
    }

    /** For two prompts of three completions; the best of 3 by the proxy is good for the first prompt only. */
    @Test
    void theCurveAveragesOverPrompts() {
        List<Answer> answers = List.of(
                new Answer("a", "x", 0),
                new Answer("a", "y", 1),
                new Answer("a", "z", 0),
                new Answer("b", "x", 1),
                new Answer("b", "y", 1),
                new Answer("b", "z", 0));
        List<ProxyAgainstGold.Point> curve = BestOfN.curve(answers, new double[] {1, 9, 2, 1, 2, 6}, 3);
        assertThat(curve).extracting(ProxyAgainstGold.Point::step).containsExactly(1L, 2L, 3L);
        assertThat(curve.get(0).score()).isCloseTo(0.5, EXACT);
        assertThat(curve.get(0).distance()).isZero();
        assertThat(curve.get(1).score()).as("(2/3 + 1/3) / 2").isCloseTo(0.5, EXACT);
        assertThat(curve.get(2).score()).isCloseTo(0.5, EXACT);
        assertThat(curve.get(2).optimised()).as("(9 + 6) / 2").isCloseTo(7.5, EXACT);
        assertThat(curve.get(2).distance()).isCloseTo(Math.sqrt(Math.log(3) - 2 / 3.0), EXACT);
    }
}
