package dev.attune.training.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OnlinePairsTest {
    private static final double BETA = 0.3;
    private static final double[] LOG_RATIOS = {0.4, -1.1, 2, 0.7, 0, -0.5};
    private static final long[] GROUPS = {5, 5, 5, 8, 8, 8};

    /** The terms - A log pi in the mean over completions have the gradient of DPO's loss, here by automatic differentiation. */
    @Test
    void theAdvantagesAreTheSlopesOfTheLoss() {
        OnlinePairs.Pairs pairs =
                new OnlinePairs(BETA).of(GroupedRewards.of(GROUPS, 1, 3, 2, 0.5, 0.25, 0.125), LOG_RATIOS);
        try (Scope scope = Scope.open()) {
            Tensor ratios = Tensor.of(LOG_RATIOS, 6).requireGrad(true);
            Tensor best = Tensor.of(new int[] {1, 3}, 2);
            Tensor worst = Tensor.of(new int[] {0, 5}, 2);
            Tensor loss = ratios.indexSelect(0, best)
                    .minus(ratios.indexSelect(0, worst))
                    .times(BETA)
                    .logSigmoid()
                    .negate()
                    .mean();
            loss.backward();
            double[] slopes = java.util.Objects.requireNonNull(ratios.grad()).toDoubles();
            for (int i = 0; i < slopes.length; i++) {
                assertThat(-pairs.advantages()[i] / 6).isCloseTo(slopes[i], within(1e-12));
            }
            assertThat(pairs.loss()).isCloseTo(loss.item(), within(1e-12));
        }
        assertThat(pairs.margin()).isCloseTo(BETA * (-1.5 + 1.2) / 2, within(1e-12));
        assertThat(pairs.accuracy()).isEqualTo(0.5);
        assertThat(pairs.groupsWithoutPair()).isZero();
    }

    @Test
    void equalAndMissingRewardsMakeNoPair() {
        double none = Double.NaN;
        OnlinePairs.Pairs pairs =
                new OnlinePairs(BETA).of(GroupedRewards.of(GROUPS, 1, 1, none, none, 2, none), LOG_RATIOS);
        assertThat(pairs.advantages()).containsOnly(0);
        assertThat(pairs.groupsWithoutPair()).isEqualTo(2);
    }
}
