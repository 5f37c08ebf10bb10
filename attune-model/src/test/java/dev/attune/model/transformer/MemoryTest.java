package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Scopes free what steps make: the process does not grow with the number of steps. */
class MemoryTest {
    private static final long BOUND = 64L << 20;
    private static final List<int[]> ROWS = List.of(new int[] {3, 4, 5, 6}, new int[] {7, 8});

    private final CausalLm model = CausalLm.create(
            ModelConfig.llama()
                    .vocabularySize(64)
                    .width(32)
                    .mlpWidth(64)
                    .layers(2)
                    .heads(4)
                    .build(),
            1);
    private final Generator generator = new Generator(model, Set.of(), ids -> "");

    @Test
    void twoThousandStepsDoNotGrowTheProcess() {
        run(300);
        long before = Pointer.physicalBytes();
        run(2_000);
        assertThat(Pointer.physicalBytes() - before).isLessThan(BOUND);
        model.close();
    }

    /** Sixteen layers make about 25 MB each in this pass; without gradients only one layer's share is held at a time. */
    @Test
    void aPassWithoutGradientsHoldsOneLayerAtATime() {
        ModelConfig deep = ModelConfig.llama()
                .vocabularySize(64)
                .width(64)
                .mlpWidth(256)
                .layers(16)
                .heads(4)
                .maxPositions(512)
                .build();
        List<int[]> rows = java.util.Collections.nCopies(8, new int[512]);
        try (CausalLm tall = CausalLm.create(deep, 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            TokenBatch batch = TokenBatch.rightPadded(rows, 0);
            long before = Pointer.physicalBytes();
            Tensor hidden = tall.hidden(batch);
            assertThat(Pointer.physicalBytes() - before).isLessThan(2 * BOUND);
            assertThat(hidden.isFinite()).isTrue();
        }
    }

    private void run(int steps) {
        for (int step = 0; step < steps; step++) {
            try (Scope scope = Scope.open()) {
                TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
                model.parameters().zeroGrad();
                Functional.logProbabilities(model.logits(batch), batch.ids())
                        .mean()
                        .negate()
                        .backward();
                try (NoGrad off = NoGrad.on()) {
                    Tensor weights = model.parameters().trained();
                    weights.plusInPlace(model.parameters().flatGrad(), -1e-3);
                }
            }
            if (step % 20 == 0) {
                generator.generate(ROWS, SamplingOptions.sampling(4, 1), step);
            }
        }
    }
}
