package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredPrecisionTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(64)
            .width(64)
            .mlpWidth(160)
            .layers(3)
            .heads(4)
            .tied(true)
            .build();
    private static final List<int[]> PROMPTS = List.of(new int[] {5, 9, 33, 7}, new int[] {12, 3});

    @AfterEach
    void restore() {
        Engine.useProductPrecision(ProductPrecision.FLOAT32);
    }

    @Test
    void aModelInBfloat16ComputesWhatItsRoundedWeightsGive() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm whole = CausalLm.create(CONFIG, 3);
                CausalLm rounded = CausalLm.create(CONFIG, 3).storedAs(DType.BFLOAT16)) {
            assertThat(rounded.parameters().dtype()).isEqualTo(DType.BFLOAT16);
            TokenBatch batch = TokenBatch.rightPadded(PROMPTS, 0);
            whole.parameters().copyFrom(rounded.parameters());
            Tensor expected = whole.logits(batch);
            assertThat(largest(rounded.logits(batch), expected)).isBetween(1e-6, 0.02 * largest(expected));
            Engine.useProductPrecision(ProductPrecision.BFLOAT16_FACTORS);
            Tensor policy = whole.logits(batch);
            assertThat(largest(rounded.logits(batch), policy)).isLessThan(1e-5);
            Engine.useProductPrecision(ProductPrecision.BFLOAT16_RESULTS);
            assertThat(largest(rounded.logits(batch), whole.logits(batch))).isLessThan(1e-5);
        }
    }

    @Test
    void generationKeepsItsCacheInBfloat16() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm model = CausalLm.create(CONFIG, 3).storedAs(DType.BFLOAT16)) {
            List<Generated> generated =
                    new Generator(model, Set.of(), ids -> "").generate(PROMPTS, SamplingOptions.sampling(12, 1), 1);
            for (Generated one : generated) {
                int[] all = new int[one.prompt().length + one.tokens().length];
                System.arraycopy(one.prompt(), 0, all, 0, one.prompt().length);
                System.arraycopy(one.tokens(), 0, all, one.prompt().length, one.tokens().length);
                Tensor logits = model.logits(TokenBatch.rightPadded(List.of(all), 0));
                long from = one.prompt().length - 1L;
                Tensor targets = Tensor.of(one.tokens(), 1, one.tokens().length);
                float[] again = Functional.logProbabilities(
                                logits.narrow(1, from, one.tokens().length), targets.toLong())
                        .toFloats();
                for (int i = 0; i < again.length; i++) {
                    assertThat(one.logProbs()[i]).isCloseTo(again[i], org.assertj.core.api.Assertions.within(2e-2f));
                }
            }
        }
    }

    @Test
    void aModelInBfloat16IsNotTrained() {
        try (CausalLm model = CausalLm.create(CONFIG, 3).storedAs(DType.BFLOAT16)) {
            assertThatThrownBy(() -> model.parameters().makeTrainable())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("BFLOAT16");
        }
    }

    @Test
    void aCopyOfAStoredRewardModelIsInFloat32Again() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm backbone = CausalLm.create(CONFIG, 3);
                RewardModel stored =
                        RewardModel.fromBackbone(backbone, Tensor.ones(1, 64)).storedAs(DType.BFLOAT16);
                RewardModel copy = stored.copy()) {
            assertThat(copy.parameters().dtype()).isEqualTo(DType.FLOAT32);
            TokenBatch batch = TokenBatch.rightPadded(PROMPTS, 0);
            assertThat(largest(copy.scores(batch), stored.scores(batch))).isLessThan(0.05);
        }
    }

    private static double largest(Tensor first, Tensor second) {
        return largest(first.minus(second));
    }

    private static double largest(Tensor tensor) {
        return tensor.abs().max().item();
    }
}
