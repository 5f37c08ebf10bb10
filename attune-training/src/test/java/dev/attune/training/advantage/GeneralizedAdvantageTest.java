package dev.attune.training.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GeneralizedAdvantageTest {
    private static final float[] REWARDS = {0.1f, -0.2f, 1f};
    private static final float[] VALUES = {0.5f, 0.4f, 0.3f};

    @Test
    void handComputedAtGammaNineTenthsAndLambdaHalf() {
        // delta_2 = 1 - 0.3 = 0.7; delta_1 = -0.2 + 0.9 * 0.3 - 0.4 = -0.33; delta_0 = 0.1 + 0.9 * 0.4 - 0.5 = -0.04
        // A_2 = 0.7; A_1 = -0.33 + 0.45 * 0.7 = -0.015; A_0 = -0.04 + 0.45 * -0.015 = -0.04675
        GeneralizedAdvantage.Estimate estimate = new GeneralizedAdvantage(0.9, 0.5).estimate(REWARDS, VALUES);
        assertThat(estimate.advantages()).containsExactly(new float[] {-0.04675f, -0.015f, 0.7f}, within(1e-6f));
        assertThat(estimate.returns()).containsExactly(new float[] {0.45325f, 0.385f, 1f}, within(1e-6f));
    }

    @Test
    void atLambdaOneTheReturnIsTheDiscountedSumOfRewards() {
        float[] returns =
                new GeneralizedAdvantage(0.9, 1).estimate(REWARDS, VALUES).returns();
        assertThat(returns).containsExactly(new float[] {0.1f - 0.18f + 0.81f, -0.2f + 0.9f, 1f}, within(1e-6f));
    }

    @Test
    void atLambdaZeroTheAdvantageIsTheTemporalDifference() {
        float[] advantages =
                new GeneralizedAdvantage(1, 0).estimate(REWARDS, VALUES).advantages();
        assertThat(advantages).containsExactly(new float[] {0f, -0.3f, 0.7f}, within(1e-6f));
    }

    @Test
    void overTurnsATurnIsOneStep() {
        // Turn 1 has tokens 0 and 1, turn 2 token 2. Values 0.5 and 0.3, rewards 0.1 - 0.2 = -0.1 and 1.
        // delta_2 = 1 - 0.3 = 0.7; delta_1 = -0.1 + 0.9 * 0.3 - 0.5 = -0.33; A_1 = -0.33 + 0.45 * 0.7 = -0.015
        GeneralizedAdvantage.Estimate estimate =
                new GeneralizedAdvantage(0.9, 0.5).overTurns(REWARDS, VALUES, new int[] {2, 3});
        assertThat(estimate.advantages()).containsExactly(new float[] {-0.015f, -0.015f, 0.7f}, within(1e-6f));
        assertThat(estimate.returns()).containsExactly(new float[] {0.485f, 0.485f, 1f}, within(1e-6f));
    }

    @Test
    void overTurnsOfOneTokenEachNothingChanges() {
        GeneralizedAdvantage advantage = new GeneralizedAdvantage(0.9, 0.5);
        assertThat(advantage.overTurns(REWARDS, VALUES, new int[] {1, 2, 3}).advantages())
                .containsExactly(advantage.estimate(REWARDS, VALUES).advantages(), within(0f));
    }

    @Test
    void anEmptyCompletionHasNoAdvantages() {
        assertThat(new GeneralizedAdvantage(1, 1)
                        .estimate(new float[0], new float[0])
                        .advantages())
                .isEmpty();
    }

    @Test
    void lengthsHaveToAgree() {
        assertThatThrownBy(() -> new GeneralizedAdvantage(1, 1).estimate(new float[2], new float[3]))
                .hasMessageContaining("2 rewards but 3 values");
    }
}
