package dev.attune.training.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    @Test
    void usesTheBiasedVarianceOverRaggedRows() {
        // 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5
        List<float[]> white = Whitening.shifted(List.of(new float[] {1, 2}, new float[] {3, 6}));
        float root = (float) Math.sqrt(3.5);
        assertThat(white.get(0)).containsExactly(new float[] {-2 / root, -1 / root}, within(1e-6f));
        assertThat(white.get(1)).containsExactly(new float[] {0, 3 / root}, within(1e-6f));
    }

    @Test
    void withoutShiftTheMeanStays() {
        List<float[]> white = Whitening.unshifted(List.of(new float[] {1, 2, 3, 6}));
        assertThat(Moments.of(white).mean()).isCloseTo(3, within(1e-6));
        assertThat(Moments.of(white).variance()).isCloseTo(1, within(1e-6));
    }

    @Test
    void constantsBecomeZeroOrStay() {
        List<float[]> constants = List.of(new float[] {2, 2}, new float[] {2});
        assertThat(Whitening.shifted(constants).get(0)).containsExactly(0, 0);
        assertThat(Whitening.unshifted(constants).get(1)).containsExactly(2);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(Whitening.shifted(List.of(new float[0])).get(0)).isEmpty();
    }

    @Test
    void explainedVarianceOfPerfectConstantAndWrongCritics() {
        List<float[]> returns = List.of(new float[] {1, 2, 3});
        assertThat(ExplainedVariance.of(returns, returns)).isEqualTo(1);
        assertThat(ExplainedVariance.of(List.of(new float[] {5, 5, 5}), returns))
                .isCloseTo(0, within(1e-9));
        // errors 1 - 3, 2 - 2, 3 - 1 = -2, 0, 2: variance 8/3 over 2/3, so 1 - 4 = -3
        assertThat(ExplainedVariance.of(List.of(new float[] {3, 2, 1}), returns))
                .isCloseTo(-3, within(1e-6));
        assertThat(ExplainedVariance.of(returns, List.of(new float[] {4, 4, 4})))
                .isZero();
    }
}
