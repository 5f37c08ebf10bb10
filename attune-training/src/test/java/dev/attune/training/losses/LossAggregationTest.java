package dev.attune.training.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.training.advantage.GroupRelative;
import dev.attune.training.advantage.GroupedRewards;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossAggregationTest {
    /** Rewards 1, 0, 0, 1 over 3, 8, 4, 2 tokens, the second completion cut off. */
    private static final LossWindow CUT =
            LossWindow.of(3, 8, 4, 2).withMasked(new boolean[] {false, true, false, false});

    @Test
    void maskedCompletionsLeaveTheDenominator() {
        double[] advantages = GroupRelative.defaults()
                .estimate(GroupedRewards.of(new long[4], 1, 0, 0, 1))
                .values();
        // on policy each token's term is -A
        assertThat(loss(LossAggregation.DAPO, CUT, advantages)).isCloseTo(-0.0962, within(5e-5));
        assertThat(loss(LossAggregation.BNPO, CUT, advantages)).isCloseTo(-0.0962, within(5e-5));
        // the masked sequence still counts among sequences
        assertThat(LossAggregation.GRPO.weights(CUT)).containsExactly(1 / 12.0, 0, 1 / 16.0, 1 / 8.0);
        assertThat(LossAggregation.DR_GRPO.weights(CUT.withMaxLength(10)))
                .containsExactly(new double[] {1 / 40.0, 0, 1 / 40.0, 1 / 40.0}, within(1e-15));
        assertThat(LossAggregation.LUSPO.weights(CUT)).containsExactly(0.25, 0, 0.25, 0.25);
    }

    @ParameterizedTest
    @EnumSource(LossAggregation.class)
    void aWindowWithoutTokensIsZero(LossAggregation aggregation) {
        LossWindow all = LossWindow.of(3, 8).withMasked(new boolean[] {true, true});
        assertThat(aggregation.weights(all)).containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource(LossAggregation.class)
    void microBatchesChangeNothing(LossAggregation aggregation) {
        double[] weights = aggregation.weights(LossWindow.of(3, 1, 2));
        double[] whole = Gradients.of(x -> policy(x, 0, 3, weights), -1, -2, -3, -4, -5, -6);
        double[] parts = new double[6];
        for (int i = 0; i < 3; i++) {
            int sequence = i;
            double[] part = Gradients.of(x -> policy(x, sequence, 1, weights), -1, -2, -3, -4, -5, -6);
            Arrays.setAll(parts, t -> parts[t] + part[t]);
        }
        assertThat(parts).containsExactly(whole, within(1e-15));
    }

    /** The loss of {@code count} of three sequences, from {@code first} on. */
    private static Tensor policy(Tensor logs, int first, int count, double[] weights) {
        int[] starts = {0, 3, 4, 6};
        int from = starts[first];
        int to = starts[first + count];
        int[] lengths = new int[count];
        Arrays.setAll(lengths, i -> starts[first + i + 1] - starts[first + i]);
        Tensor part = logs.narrow(0, from, to - from);
        double[] advantages = {1, -0.5, 2};
        PolicyTokens tokens = PolicyTokens.of(
                part,
                part.detach().minus(0.05),
                Arrays.copyOfRange(advantages, first, first + count),
                SequenceLengths.of(lengths));
        return tokens.sequences()
                .weighted(
                        ClippedObjective.symmetric(0.2)
                                .at(RatioLevel.SEQUENCE)
                                .terms(tokens)
                                .losses(),
                        Arrays.copyOfRange(weights, first, first + count));
    }

    @Test
    void bnpoCanAverageOverBatches() {
        // batches of 4 and 2 tokens: 1/2 1/4 and 1/2 1/2
        assertThat(LossAggregation.BNPO.weights(LossWindow.of(3, 1, 2).withBatches(0, 0, 1)))
                .containsExactly(0.125, 0.125, 0.25);
        assertThat(LossAggregation.BNPO.weights(LossWindow.of(3, 1, 2)))
                .containsExactly(new double[] {1 / 6.0, 1 / 6.0, 1 / 6.0}, within(1e-15));
    }

    @Test
    void dapoDividesByTheGenerationBatch() {
        // half of a generation batch of 20 tokens: 10, whatever this half has
        assertThat(LossAggregation.DAPO.weights(LossWindow.of(3, 1, 2).withGeneration(20, 0.5)))
                .containsExactly(new double[] {0.1, 0.1, 0.1}, within(1e-15));
    }

    @Test
    void namesAreRead() {
        assertThat(LossAggregation.parse("grpo.loss", "dr_grpo")).isEqualTo(LossAggregation.DR_GRPO);
        assertThatThrownBy(() -> LossAggregation.parse("grpo.loss", "drgrpo"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("grpo, bnpo, dr_grpo, dapo, luspo");
    }

    private static double loss(LossAggregation aggregation, LossWindow window, double[] advantages) {
        try (Scope scope = Scope.open()) {
            SequenceLengths lengths = SequenceLengths.of(3, 8, 4, 2);
            Tensor logs = Tensor.of(new double[17], 17);
            PolicyTokens tokens = PolicyTokens.of(logs, logs, advantages, lengths);
            return lengths.weighted(
                            ClippedObjective.symmetric(0.2).terms(tokens).losses(), aggregation.weights(window))
                    .item();
        }
    }
}
