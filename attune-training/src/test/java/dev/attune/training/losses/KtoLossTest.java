package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import org.junit.jupiter.api.Test;

class KtoLossTest {
    private static final KtoLoss LOSS = new KtoLoss(0.1, 1.5, 0.5);

    @Test
    void eachClassHasItsSignAndWeight() {
        try (Scope scope = Scope.open()) {
            Tensor loss = LOSS.perRow(Tensor.of(new double[] {3, -2}, 2), new boolean[] {true, false}, 1);
            // 1.5 (1 - sigma(0.2)), 0.5 (1 - sigma(0.3))
            assertThat(loss.toDoubles())
                    .containsExactly(new double[] {1.5 / (1 + Math.exp(0.2)), 0.5 / (1 + Math.exp(0.3))}, within(1e-9));
        }
    }

    @Test
    void gradient() {
        Gradients.assertMatch(
                "kto",
                x -> LOSS.perRow(x, new boolean[] {true, false, true}, 0.7).sum(),
                3,
                -2,
                -40);
    }

    @Test
    void promptsTakeTheCompletionOfTheRowBefore() {
        assertThat(KtoLoss.partners(2)).containsExactly(1, 0);
        assertThat(KtoLoss.partners(5)).containsExactly(4, 0, 1, 2, 3);
        assertThatThrownBy(() -> KtoLoss.partners(1))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at least 2");
    }

    @Test
    void zIsTheMeanIfPositive() {
        assertThat(KtoLoss.z(new double[] {1, -0.5, 1})).isCloseTo(0.5, within(1e-12));
        assertThat(KtoLoss.z(new double[] {1, -2})).isZero();
        assertThat(KtoLoss.z(new double[0])).isZero();
    }

    @Test
    void aBatchOfOneClassIsFiniteAndTheOtherClassIsAbsent() {
        try (Scope scope = Scope.open()) {
            Tensor loss = LOSS.perRow(Tensor.of(new double[] {1, 2}, 2), new boolean[] {true, true}, 0);
            assertThat(loss.isFinite()).isTrue();
        }
        KtoMetrics metrics = KtoMetrics.of(new double[] {1, 2}, new boolean[] {true, true}, 0.1);
        assertThat(metrics.chosen()).isCloseTo(0.15, within(1e-12));
        assertThat(metrics.rejected()).isNull();
        assertThat(metrics.margin()).isNull();
        KtoMetrics both = metrics.plus(KtoMetrics.of(new double[] {-1}, new boolean[] {false}, 0.1));
        assertThat(both.margin()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void weightsStayAndAHintIsGiven() {
        assertThat(KtoLoss.defaults().balanceHint(100, 100)).isNull();
        assertThat(KtoLoss.defaults().balanceHint(400, 300)).isNull();
        assertThat(KtoLoss.defaults().balanceHint(100, 200)).contains("0.50").contains("desirable_weight 2.00");
        assertThat(KtoLoss.defaults().balanceHint(5, 0)).contains("desirable");
        assertThatThrownBy(() -> new KtoLoss(0, 1, 1)).isInstanceOf(BadInputException.class);
    }
}
