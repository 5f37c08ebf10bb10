package dev.attune.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.Krippendorff.Metric;
import dev.attune.core.text.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final double NONE = Double.NaN;

    /** The worked example of Krippendorff's "Computing Krippendorff's Alpha-Reliability", part C: .743, .815, .849. */
    private static final double[][] FOUR_OBSERVERS = {
        {1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3},
        {NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE}
    };

    @Test
    void computesAlphaOfThePublishedExamples() {
        assertThat(Krippendorff.alpha(FOUR_OBSERVERS, Metric.NOMINAL)).isCloseTo(0.7434, within(5e-5));
        assertThat(Krippendorff.alpha(FOUR_OBSERVERS, Metric.ORDINAL)).isCloseTo(0.8154, within(5e-5));
        assertThat(Krippendorff.alpha(FOUR_OBSERVERS, Metric.INTERVAL)).isCloseTo(0.8491, within(5e-5));
        double[][] partA = {{0, 1, 0, 0, 0, 0, 0, 0, 1, 0}, {1, 1, 1, 0, 0, 1, 0, 0, 0, 0}};
        assertThat(Krippendorff.alpha(partA, Metric.NOMINAL)).isCloseTo(0.0952, within(5e-5));
        double[][] partB = {{0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0}, {1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3}};
        assertThat(Krippendorff.alpha(partB, Metric.NOMINAL)).isCloseTo(0.6920, within(5e-5));
    }

    @Test
    void isOneForPerfectAgreement() {
        double[][] same = {{1, 2, 3}, {1, 2, 3}};
        for (Metric metric : Metric.values()) {
            assertThat(Krippendorff.alpha(same, metric)).isEqualTo(1);
        }
    }

    @Test
    void computesKendallsTauAndW() {
        assertThat(Kendall.tau(new double[] {1, 2, 3, 4, 5, 6}, new double[] {2, 1, 4, 4, 6, 5}))
                .isCloseTo(0.6900655593423543, within(1e-10));
        double[][] tied = {{1, 2, 3, 4, 5, 6}, {1, 2, 2, 4, 6, 5}, {2, 1, 3, 3, 3, 6}};
        assertThat(Kendall.w(tied)).isCloseTo(0.886666666666666, within(1e-10));
        double[][] untied = {{1, 6, 3, 2, 5, 4}, {1, 5, 6, 2, 4, 3}, {6, 3, 2, 5, 4, 1}};
        assertThat(Kendall.w(untied)).isCloseTo(0.21269841269841266, within(1e-10));
    }

    /** ProofWiki, Kendall's Coefficient of Concordance, Arbitrary Example 1: four judges of three, W = 1/16. */
    @Test
    void computesWWithoutTiesOfAPublishedExample() {
        double[][] judges = {{1, 3, 2}, {1, 2, 3}, {2, 3, 1}, {3, 1, 2}};
        assertThat(Kendall.w(judges)).isCloseTo(0.0625, within(1e-12));
    }

    /**
     * Two examples with ties: Siegel, Nonparametric Statistics (1956), 9.6, which the manual of the NAG library repeats
     * for g08daf with its data and W = 0.828; and Zar, Biostatistical Analysis (2010), 20.5, wing, tail and bill of
     * twelve birds, whose rank sums UNISTAT prints as below.
     */
    @Test
    void computesWWithTiesOfThePublishedExamples() {
        double[][] siegel = {
            {1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10},
            {2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5},
            {2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10}
        };
        // s = 591, T = 12 + 18 + 84: 12 * 591 / (9 * 990 - 3 * 114)
        assertThat(Kendall.w(siegel)).isCloseTo(0.828, within(5e-4)).isCloseTo(7092.0 / 8568, within(1e-12));
        double[][] zar = {
            {10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4},
            {7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3},
            {17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22}
        };
        // rank sums 14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36
        assertThat(Kendall.w(zar)).isCloseTo(0.9241, within(5e-5));
        assertThat(Kendall.w(new double[][] {{1, 1, 1}, {2, 2, 2}})).isNaN();
    }

    @Test
    void measuresAgreementOfLabelers() {
        // a > b > c, a > c > b, a = b > c. Pair ab: +, +, 0; ac: +, +, +; bc: +, -, +. Alike: 1 + 3 + 1 of 9.
        List<Ranking> rankings = List.of(
                ranking("l1", List.of(List.of(0), List.of(1), List.of(2))),
                ranking("l2", List.of(List.of(0), List.of(2), List.of(1))),
                ranking("l3", List.of(List.of(0, 1), List.of(2))));
        RankingAgreement agreement = RankingAgreement.of(rankings);
        assertThat(agreement.comparisons()).isEqualTo(9);
        assertThat(agreement.agreement()).isCloseTo(5.0 / 9, within(1e-12));
        // tau: l1 l2 1/3; l1 l3 2/sqrt(6); l2 l3 0.
        assertThat(agreement.tau()).isCloseTo((1.0 / 3 + 2 / Math.sqrt(6)) / 3, within(1e-12));
        // Values +: 7, 0: 1, -: 1. Observed disagreement 4/9; expected 1 - (42 + 0 + 0) / 72 = 30/72.
        assertThat(agreement.alpha()).isCloseTo(1 - (4.0 / 9) / (30.0 / 72), within(1e-12));
    }

    private static Ranking ranking(String labeler, List<List<Integer>> order) {
        List<Ranking.Completion> completions = List.of(
                new Ranking.Completion("a", null),
                new Ranking.Completion("b", null),
                new Ranking.Completion("c", null));
        return new Ranking(labeler, Prompt.text("p"), completions, "helpful", order, List.of(), labeler, null, null);
    }
}
