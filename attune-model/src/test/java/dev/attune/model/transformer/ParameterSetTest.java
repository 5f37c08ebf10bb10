package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParameterSetTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(31)
            .width(32)
            .mlpWidth(40)
            .layers(2)
            .heads(4)
            .kvHeads(2)
            .tied(true)
            .build();
    private static final Set<String> CHOSEN =
            Set.of("model.layers.0.mlp.up_proj.weight", "model.layers.1.input_layernorm.weight", "model.norm.weight");

    @Test
    void chosenWeightsAreTrainedInOneTensorAndTheOthersHaveNoGradients() {
        try (CausalLm whole = CausalLm.create(CONFIG, 1);
                Scope scope = Scope.open()) {
            whole.parameters().makeTrainable();
            loss(whole).backward();
            WeightStorage storage = new WeightStorage(DType.FLOAT32, true, CHOSEN::contains);
            try (CausalLm part =
                    CausalLm.of(CONFIG, WeightSource.of(whole.parameters().byName()), storage)) {
                ParameterSet weights = part.parameters();
                assertThat(weights.trainedNames()).containsExactlyInAnyOrderElementsOf(CHOSEN);
                assertThat(weights.trained().count()).isEqualTo(32 * 40 + 32 + 32);
                weights.makeTrainable();
                Tensor loss = loss(part);
                assertThat(loss.item()).isEqualTo(loss(whole).item());
                loss.backward();
                assertThat(weights.flatGrad().count()).isEqualTo(32 * 40 + 32 + 32);
                CHOSEN.forEach(name -> assertThat(weights.gradOf(name).toFloats())
                        .isEqualTo(whole.parameters().gradOf(name).toFloats()));
                assertThatThrownBy(() -> weights.gradOf("model.layers.0.mlp.gate_proj.weight"))
                        .hasMessageContaining("is frozen");
            }
        }
    }

    @Test
    void frozenWeightsAreInTheirOwnTypeAndTheTrainedOnesStayExact() {
        try (CausalLm whole = CausalLm.create(CONFIG, 1);
                CausalLm mixed = CausalLm.of(
                        CONFIG,
                        WeightSource.of(whole.parameters().byName()),
                        new WeightStorage(DType.BFLOAT16, true, CHOSEN::contains));
                Scope scope = Scope.open()) {
            ParameterSet weights = mixed.parameters();
            weights.byName().forEach((name, weight) -> {
                DType type = CHOSEN.contains(name) ? DType.FLOAT32 : DType.BFLOAT16;
                assertThat(weight.dtype()).isEqualTo(type);
                assertThat(weight.toFloats())
                        .isEqualTo(
                                whole.parameters().byName().get(name).to(type).toFloats());
            });
            assertThat(weights.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(weights.bytes()).isEqualTo(2 * weights.count() + 2 * (32 * 40 + 32 + 32));
            weights.makeTrainable();
            loss(mixed).backward();
            assertThat(weights.gradOf("model.norm.weight").abs().sum().item()).isPositive();
        }
    }

    @Test
    void weightsThatAreChosenLaterMoveIntoOneTensorUnlessTheyAreNeighbours() {
        try (CausalLm backbone = CausalLm.create(CONFIG, 1);
                RewardModel scattered = RewardModel.fromBackbone(backbone, 2);
                RewardModel neighbours = RewardModel.fromBackbone(backbone, 2);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            TokenBatch batch = TokenBatch.rightPadded(List.of(new int[] {3, 4, 5}), 0);
            float[] before = scattered.scores(batch).toFloats();
            scattered.trainOnly(name -> name.endsWith("layernorm.weight") || name.equals("score.weight"));
            neighbours.freezeAllButLast(1);
            assertThat(scattered.scores(batch).toFloats()).isEqualTo(before);
            assertThat(neighbours.scores(batch).toFloats()).isEqualTo(before);
            assertThat(scattered.parameters().trained().count()).isEqualTo(4 * 32 + 32);
            scattered.parameters().trained().zeroInPlace();
            assertThat(scattered.scores(batch).toFloats()).containsExactly(0);
            neighbours.parameters().trained().zeroInPlace();
            assertThat(neighbours
                            .parameters()
                            .byName()
                            .get("model.layers.1.mlp.down_proj.weight")
                            .abs()
                            .sum()
                            .item())
                    .isZero();
            assertThat(neighbours
                            .parameters()
                            .byName()
                            .get("model.layers.0.mlp.down_proj.weight")
                            .abs()
                            .sum()
                            .item())
                    .isPositive();
        }
    }

    @Test
    void aPartOfAMatrixThatIsComputedAsOneIsNotTrainedAlone() {
        assertThatThrownBy(() -> ParameterSet.of(
                        WeightLayout.of(CONFIG),
                        new WeightStorage(DType.FLOAT32, true, name -> name.contains("q_proj"))))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.layers.0.self_attn.k_proj.weight");
    }

    private static Tensor loss(CausalLm model) {
        TokenBatch batch = TokenBatch.rightPadded(List.of(new int[] {3, 4, 5, 6}, new int[] {7, 8, 9, 10}), 0);
        return Functional.logProbabilities(model.logits(batch), batch.ids())
                .mean()
                .negate();
    }
}
