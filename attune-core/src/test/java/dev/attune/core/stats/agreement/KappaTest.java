package dev.attune.core.stats.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.stats.Figure;
import dev.attune.core.stats.Krippendorff;
import dev.attune.core.stats.agreement.CohenKappa.Weights;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KappaTest {
    private static final double NONE = Double.NaN;

    @Test
    void withoutVariationKappaIsUndefinedAndTheAgreementIsGiven() {
        CohenKappa kappa = CohenKappa.of(List.of(1, 1, 1, 1), List.of(1, 1, 1, 1), Weights.UNWEIGHTED);
        assertThat(kappa.kappa()).isEqualTo(Figure.undefined("both raters gave every item the same label"));
        assertThat(kappa.observed()).isEqualTo(Figure.of(1));
        assertThat(kappa.expected()).isEqualTo(Figure.of(1));
    }

    /** The common items: yes-yes, yes-no, no-no, no-no. Observed 3/4; expected 2/4 * 1/4 + 2/4 * 3/4 = 1/2. */
    @Test
    void onlyItemsThatBothRatedCount() {
        List<@Nullable String> a = Arrays.asList("yes", null, "yes", "no", "maybe", "no");
        List<@Nullable String> b = Arrays.asList("yes", "maybe", "no", "no", null, "no");
        CohenKappa kappa = CohenKappa.of(a, b, Weights.UNWEIGHTED);
        assertThat(kappa.items()).isEqualTo(4);
        assertThat(kappa.leftOut()).isEqualTo(2);
        assertThat(kappa.observed()).isEqualTo(Figure.of(0.75));
        assertThat(kappa.expected()).isEqualTo(Figure.of(0.5));
        assertThat(kappa.kappa()).isEqualTo(Figure.of(0.5));
        List<@Nullable String> open = Arrays.asList(null, null);
        CohenKappa none = CohenKappa.of(open, open, List.of("yes"), Weights.UNWEIGHTED);
        assertThat(none.kappa()).isEqualTo(Figure.undefined("no item was rated by both raters"));
        assertThat(none.observed()).isInstanceOf(Figure.Undefined.class);
    }

    @Test
    void refusesLabelsThatAreNotListed() {
        assertThatThrownBy(() -> CohenKappa.of(List.of("a"), List.of("b"), List.of("a"), Weights.LINEAR))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("the label b");
    }

    @Test
    void alphaSaysWhatItLacks() {
        assertThat(Krippendorff.figure(new double[0][0], Krippendorff.Metric.NOMINAL))
                .isEqualTo(Figure.undefined("no unit has two ratings"));
        double[][] equal = {{2, 2, 3}, {2, 2, NONE}};
        assertThat(Krippendorff.figure(equal, Krippendorff.Metric.ORDINAL).describe())
                .isEqualTo("undefined: all ratings of the units with two or more ratings are equal");
        double[][] zeros = {{0, 1, -0.0}, {-0.0, 1, 0}};
        assertThat(Krippendorff.figure(zeros, Krippendorff.Metric.NOMINAL)).isEqualTo(Figure.of(1));
    }

    /** 3 items, one inversion: 1 of 6 orders has none and 2 have one, so p = min(1, 2 * 3 / 6). */
    @Test
    void smallSamplesHaveExactPValues() {
        double[] ascending = {1, 2, 3, 4};
        assertThat(RankCorrelation.kendall(new double[] {1, 2, 3}, new double[] {1, 3, 2})
                        .p()
                        .asOptional()
                        .orElseThrow())
                .isCloseTo(1, within(1e-12));
        assertThat(RankCorrelation.kendall(ascending, ascending)
                        .p()
                        .asOptional()
                        .orElseThrow())
                .isCloseTo(2.0 / 24, within(1e-12));
        assertThat(RankCorrelation.kendall(ascending, new double[] {4, 3, 2, 1})
                        .p()
                        .asOptional()
                        .orElseThrow())
                .isCloseTo(2.0 / 24, within(1e-12));
    }
}
