package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.BlockedMatrix;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedWeightsTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(67)
            .width(48)
            .mlpWidth(100)
            .layers(2)
            .heads(4)
            .kvHeads(2)
            .build();
    private static final List<int[]> PROMPTS = List.of(new int[] {5, 9, 33, 7}, new int[] {12, 3}, new int[] {64});

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 40, 72",
        "3, 7, 5",
        "8, 576, 1536",
        "33, 100, 48",
        "300, 64, 33",
        "2, 64, 65",
        "5, 96, 127"
    })
    void productsAreThoseOfTheMatrix(int rows, int in, int out) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Tensor x = Tensor.arange((long) rows * in).toDouble().sin().reshape(rows, 1, in);
            Tensor weight = Tensor.arange((long) in * out).toDouble().cos().reshape(in, out);
            Tensor bias = Tensor.arange(out).toDouble().sin();
            Tensor expected = x.matmul(weight).plus(bias);
            try (BlockedMatrix blocks = Objects.requireNonNull(BlockedMatrix.ifRight(weight.toFloat()))) {
                Tensor product = blocks.product(x.toFloat(), bias.toFloat());
                assertThat(product.shape()).containsExactly(rows, 1, out);
                assertThat(largest(product.toDouble(), expected)).isLessThan(1e-5 * Math.max(1, in));
            }
        }
    }

    @Test
    void aViewInBlocksComputesTheSame() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm model = CausalLm.create(CONFIG, 3);
                CausalLm blocked = model.inBlocks()) {
            assertThat(model.isInBlocks()).isFalse();
            assertThat(blocked.isInBlocks()).isTrue();
            TokenBatch batch = TokenBatch.rightPadded(PROMPTS, 0);
            assertThat(largest(blocked.logits(batch), model.logits(batch))).isLessThan(1e-6);
        }
    }

    @Test
    void productsOfWeightsInBfloat16AreRoundedAsWithoutBlocks() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm model = CausalLm.create(CONFIG, 3).storedAs(DType.BFLOAT16);
                CausalLm blocked = model.inBlocks()) {
            TokenBatch batch = TokenBatch.rightPadded(PROMPTS, 0);
            Tensor expected = model.logits(batch);
            assertThat(largest(blocked.logits(batch), expected))
                    .isLessThan(0.02 * expected.abs().max().item());
        }
    }

    @Test
    void anAdaptersChangesAreAddedToProductsInBlocks() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                CausalLm base = CausalLm.create(CONFIG, 3);
                CausalLm model = CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), AdapterSpec.of(4), 5))) {
            model.parameters().byName().values().forEach(weight -> weight.fillInPlace(0.1));
            TokenBatch batch = TokenBatch.rightPadded(PROMPTS, 0);
            Tensor expected = model.logits(batch);
            try (CausalLm blocked = model.inBlocks()) {
                assertThat(largest(blocked.logits(batch), expected)).isLessThan(1e-5);
            }
            assertThat(largest(expected, base.logits(batch))).isGreaterThan(1e-3);
            assertThat(largest(model.logits(batch), expected)).isZero();
        }
    }

    @Test
    void passesThatRecordGradientsUseTheWeightsThemselves() {
        try (Scope scope = Scope.open();
                CausalLm model = CausalLm.create(CONFIG, 3)) {
            model.parameters().makeTrainable();
            try (CausalLm blocked = model.inBlocks()) {
                blocked.logits(TokenBatch.rightPadded(PROMPTS, 0))
                        .square()
                        .sum()
                        .backward();
            }
            float[] gradient = model.parameters().flatGrad().toFloats();
            model.parameters().zeroGrad();
            model.logits(TokenBatch.rightPadded(PROMPTS, 0)).square().sum().backward();
            assertThat(gradient).containsExactly(model.parameters().flatGrad().toFloats());
        }
    }

    @Test
    void generationUsesTheWeightsAsTheyAreAtTheCall() {
        try (CausalLm model = CausalLm.create(CONFIG, 3);
                CausalLm other = CausalLm.create(CONFIG, 4)) {
            Generator generator = generator(model);
            SamplingOptions options = SamplingOptions.sampling(20, 1);
            List<Generated> before = generator.generate(PROMPTS, options, 1);
            model.parameters().copyFrom(other.parameters());
            List<Generated> after = generator.generate(PROMPTS, options, 1);
            List<Generated> expected = generator(other).generate(PROMPTS, options, 1);
            for (int i = 0; i < PROMPTS.size(); i++) {
                assertThat(after.get(i).logProbs())
                        .containsExactly(expected.get(i).logProbs());
                assertThat(after.get(i).tokens()).isNotEqualTo(before.get(i).tokens());
            }
        }
    }

    private static Generator generator(CausalLm model) {
        return new Generator(model, Set.of(), ids -> "");
    }

    private static double largest(Tensor a, Tensor b) {
        return a.minus(b).abs().max().item();
    }
}
