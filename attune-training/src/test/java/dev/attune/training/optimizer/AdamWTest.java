package dev.attune.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.TinyModels;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final String MATRIX = "model.layers.1.mlp.down_proj.weight";
    private static final String VECTOR = "model.norm.weight";
    private static final OptimizerSettings SETTINGS =
            new OptimizerSettings(0.01, 0.9, 0.99, 1e-3, 0.1, Schedule.Shape.CONSTANT, 0, 2.0);

    /** The numbers are those of torch.optim.AdamW after clip_grad_norm_ with the same settings. */
    @Test
    void agreesWithPyTorchOverThreeSteps() {
        try (Scope scope = Scope.open();
                CausalLm model = TinyModels.causal(1);
                AdamW optimizer = new AdamW(model.parameters(), SETTINGS)) {
            write(model.parameters().byName().get(MATRIX), 1, -2, 0.5f, 3);
            write(model.parameters().byName().get(VECTOR), 1, 1);
            double first = step(model, optimizer, 1, new float[] {.5f, -1, 2, 0}, new float[] {1, 2});
            assertThat(first).isCloseTo(3.20156217, within(1e-6));
            step(model, optimizer, 2, new float[] {-.5f, 1, 1, 4}, new float[] {.5f, -.25f});
            double third = step(model, optimizer, 3, new float[] {.1f, .2f, -3, .4f}, new float[] {0, 8});
            assertThat(third).isCloseTo(8.55628395, within(1e-6));
            assertThat(read(model, MATRIX, 4))
                    .containsExactly(new float[] {0.98501611f, -1.98276639f, 0.47656345f, 2.97753716f}, within(1e-6f));
            assertThat(read(model, VECTOR, 2)).containsExactly(new float[] {0.97427738f, 0.97615629f}, within(1e-6f));
        }
    }

    @Test
    void gradientsAreZeroAfterAStep() {
        try (Scope scope = Scope.open();
                CausalLm model = TinyModels.causal(1);
                AdamW optimizer = new AdamW(model.parameters(), SETTINGS)) {
            step(model, optimizer, 1, new float[] {1, 1, 1, 1}, new float[] {1, 1});
            assertThat(optimizer.gradientNorm()).isZero();
        }
    }

    @Test
    void aGradientThatIsNotANumberFailsTheRunAndLeavesTheWeights() {
        try (Scope scope = Scope.open();
                CausalLm model = TinyModels.causal(1);
                AdamW optimizer = new AdamW(model.parameters(), SETTINGS)) {
            float[] before = model.parameters().trained().toFloats();
            assertThatThrownBy(() -> step(model, optimizer, 1, new float[] {Float.NaN}, new float[] {1}))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessage(
                            "update 1: the gradient of " + MATRIX + " is not finite, its norm over all weights is NaN;"
                                    + " no update has been made, so look at the model and the data of this step, not at the"
                                    + " learning rate");
            assertThatThrownBy(() -> step(model, optimizer, 4, new float[] {1}, new float[] {Float.POSITIVE_INFINITY}))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageStartingWith("update 4: the gradient of ")
                    .hasMessageEndingWith("; lower optimizer.learning_rate, or look at the data of this step");
            assertThat(model.parameters().trained().toFloats()).isEqualTo(before);
        }
    }

    private static double step(CausalLm model, AdamW optimizer, int number, float[] matrix, float[] vector) {
        write(model.parameters().gradOf(MATRIX), matrix);
        write(model.parameters().gradOf(VECTOR), vector);
        return optimizer.step(number, SETTINGS.learningRate());
    }

    private static void write(Tensor tensor, float... values) {
        firstRow(tensor).narrow(0, 0, values.length).copyInPlace(Tensor.of(values, values.length));
    }

    private static float[] read(CausalLm model, String name, int count) {
        return firstRow(Objects.requireNonNull(model.parameters().byName().get(name)))
                .narrow(0, 0, count)
                .toFloats();
    }

    private static Tensor firstRow(Tensor tensor) {
        return tensor.rank() == 1 ? tensor : tensor.select(0, 0);
    }
}
