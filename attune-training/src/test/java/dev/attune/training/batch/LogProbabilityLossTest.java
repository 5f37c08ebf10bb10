package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyModels;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogProbabilityLossTest {
    private static final int STATES = 150;
    private static final int WIDTH = 6;
    private static final int WORDS = 11;

    /** A vocabulary so large that a chunk has 64 states: 150 states are three chunks. */
    private static final long HUGE = 1L << 40;

    /** A loss of sums over two completions that is not a sum over tokens: - log sigma of their difference. */
    private static final UnaryOperator<Tensor> PAIR = logs -> logs.narrow(0, 0, 70)
            .sum()
            .minus(logs.narrow(0, 70, 80).sum())
            .times(0.01)
            .logSigmoid()
            .negate();

    /** What a backward pass leaves: the loss and two gradients. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Pass(double loss, float[] ofInput, float[] ofHead) {}

    @Test
    void chunksHaveTheLossAndTheGradientsOfOrdinaryBackpropagation() {
        for (boolean further : new boolean[] {false, true}) {
            Pass plain = plain(further);
            for (long vocabulary : new long[] {1, HUGE}) {
                Pass pass = pass(vocabulary, further);
                assertThat(pass.loss()).isCloseTo(plain.loss(), within(1e-6));
                assertThat(pass.ofInput()).containsExactly(plain.ofInput(), within(1e-6f));
                assertThat(pass.ofHead()).containsExactly(plain.ofHead(), within(1e-5f));
            }
        }
    }

    @Test
    void theTemperatureDividesTheLogitsOfAModel() {
        List<PackedRow> rows = IntStream.range(0, 4)
                .mapToObj(i -> PackedRow.of(TokenDocument.completion(new int[] {5, 6 + i}, new int[] {7, 8, i + 4})))
                .toList();
        try (CausalLm model = TinyModels.causal(3);
                Scope scope = Scope.open()) {
            model.parameters().makeTrainable();
            TargetBatch batch = TargetBatch.of(rows);
            Tensor logits = batch.atStates(model.hidden(batch.tokens()));
            Tensor expected = model.head(logits)
                    .dividedBy(0.5)
                    .logSoftmax(-1)
                    .gather(-1, batch.targets().unsqueeze(-1));
            Tensor hidden = batch.atStates(model.hidden(batch.tokens()));
            double loss = LogProbabilityLoss.backward(
                    model, batch, hidden, 0.5, logs -> logs.square().sum());
            assertThat(loss).isCloseTo(expected.square().sum().item(), within(1e-3));
            assertThat(model.parameters().flatGrad().abs().max().item()).isPositive();
        }
    }

    private static Pass pass(long vocabulary, boolean further) {
        try (Scope scope = Scope.open()) {
            Tensor input = input();
            Tensor head = head();
            Tensor hidden = input.tanh();
            double loss = LogProbabilityLoss.backward(
                    hidden,
                    targets(),
                    vocabulary,
                    further ? hidden.detach() : null,
                    (part, targets) -> Functional.logProbabilities(part.matmul(head), targets),
                    PAIR);
            return new Pass(loss, input.grad().toFloats(), head.grad().toFloats());
        }
    }

    private static Pass plain(boolean further) {
        try (Scope scope = Scope.open()) {
            Tensor input = input();
            Tensor head = head();
            Tensor hidden = input.tanh();
            Tensor loss = PAIR.apply(Functional.logProbabilities(hidden.matmul(head), targets()));
            Tensor whole = further ? loss.plus(hidden.square().sum().times(0.5)) : loss;
            whole.backward();
            return new Pass(loss.item(), input.grad().toFloats(), head.grad().toFloats());
        }
    }

    private static Tensor input() {
        return Randomness.of(1, "input").normal(0, 1, STATES, WIDTH).requireGrad(true);
    }

    private static Tensor head() {
        return Randomness.of(2, "head").normal(0, 1, WIDTH, WORDS).requireGrad(true);
    }

    private static Tensor targets() {
        return Tensor.of(LongStream.range(0, STATES).map(i -> i * 7 % WORDS).toArray(), STATES);
    }
}
