package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A window of 8 is the token and the 7 before it, so three layers see 21 tokens back. */
@Tag("shared")
class WindowTest {
    @Test
    void threeLayersWithAWindowOfEightSeeTwentyOneTokensBack() {
        int[] row = IntStream.range(0, 24).map(i -> 10 + 7 * i).toArray();
        int[] other = row.clone();
        other[0] = 200;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Checkpoint.shared("tiny/mistral_sliding"));
            try (CausalLm model = CausalLm.of(checkpoint.config(), checkpoint.weights())) {
                Tensor change =
                        logits(model, row).minus(logits(model, other)).abs().max(2);

                assertThat(change.select(1, 21).item()).isGreaterThan(0);
                assertThat(change.narrow(1, 22, 2).toFloats()).containsOnly(0);
            }
        }
    }

    private static Tensor logits(CausalLm model, int[] row) {
        return model.logits(TokenBatch.rightPadded(List.of(row), 0));
    }
}
