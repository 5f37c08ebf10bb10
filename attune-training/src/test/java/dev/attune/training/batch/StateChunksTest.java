package dev.attune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.training.losses.CrossEntropy;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StateChunksTest {
    private static final int STATES = 150;
    private static final int WIDTH = 6;
    private static final int WORDS = 11;

    /** A vocabulary so large that a chunk has 64 states: 150 states are three chunks. */
    private static final long HUGE = 1L << 40;

    /** What a backward pass leaves: the loss and two gradients. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Pass(double loss, float[] ofInput, float[] ofHead) {}

    @Test
    void chunksHaveTheGradientsOfTheWholeLoss() {
        Pass whole = pass(1);
        Pass chunked = pass(HUGE);
        assertThat(StateChunks.size(HUGE)).isEqualTo(64);
        assertThat(chunked.loss()).isCloseTo(whole.loss(), within(1e-4));
        assertThat(chunked.ofInput()).containsExactly(whole.ofInput(), within(1e-5f));
        assertThat(chunked.ofHead()).containsExactly(whole.ofHead(), within(1e-4f));
    }

    @Test
    void theWholeLossInOnePassIsOrdinaryBackpropagation() {
        Pass chunk = pass(1);
        try (Scope scope = Scope.open()) {
            Tensor input = input();
            Tensor head = head();
            Tensor loss = CrossEntropy.sum(input.tanh().matmul(head), targets())
                    .plus(input.tanh().square().sum().times(0.5));
            loss.backward();
            assertThat(chunk.ofInput()).containsExactly(input.grad().toFloats(), within(1e-5f));
            assertThat(chunk.ofHead()).containsExactly(head.grad().toFloats(), within(1e-4f));
        }
    }

    @Test
    void numbersOfAllChunksAreInOrder() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor hidden = input();
            Tensor sums = StateChunks.numbers(hidden, HUGE, (part, from, count) -> part.sum(1));
            assertThat(sums.toFloats()).containsExactly(hidden.sum(1).toFloats());
        }
    }

    /** Cross entropy of hidden states tanh(input), and half their squares as a further loss. */
    private static Pass pass(long vocabulary) {
        try (Scope scope = Scope.open()) {
            Tensor input = input();
            Tensor head = head();
            Tensor hidden = input.tanh();
            double loss = StateChunks.backward(
                    hidden,
                    vocabulary,
                    hidden.detach(),
                    (part, from, count) ->
                            CrossEntropy.sum(part.matmul(head), targets().narrow(0, from, count)));
            return new Pass(loss, input.grad().toFloats(), head.grad().toFloats());
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
