package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class LayerCheckpointsTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(31)
            .width(32)
            .mlpWidth(40)
            .layers(3)
            .heads(4)
            .kvHeads(2)
            .tied(true)
            .build();
    private static final List<int[]> ROWS = List.of(new int[] {5, 6, 7, 8, 9}, new int[] {11, 12, 13});

    /** The loss, and the gradients of two micro-batches that are accumulated. */
    private record Outcome(double loss, float[] gradient) {}

    private static Outcome outcome(CausalLm model) {
        model.parameters().zeroGrad();
        double loss = 0;
        for (int[] row : ROWS) {
            try (Scope scope = Scope.open()) {
                TokenBatch batch = TokenBatch.rightPadded(List.of(row, ROWS.get(0)), 0);
                Tensor hidden = model.hidden(batch);
                Tensor part = Functional.logProbabilities(model.head(hidden), batch.ids())
                        .times(batch.mask().toFloat())
                        .sum()
                        .negate();
                part.backward();
                loss += part.item();
            }
        }
        return new Outcome(loss, model.parameters().flatGrad().toFloats());
    }

    @Test
    void lossesAndGradientsOfAllWeightsAreTheSame() {
        try (CausalLm model = CausalLm.create(CONFIG.untied(), 1)) {
            assertSame(model);
        }
    }

    @Test
    void lossesAndGradientsOfAnAdapterAreTheSameWithDropout() {
        try (CausalLm base = CausalLm.create(CONFIG, 1)) {
            for (boolean dora : List.of(false, true)) {
                AdapterSpec spec = AdapterSpec.of(4).withDropout(0.1).withDora(dora);
                try (CausalLm model = CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), spec, 3))) {
                    model.atStep(1);
                    assertSame(model);
                    model.useCheckpointing(true);
                    outcome(model);
                    model.parameters().trainedNames().stream()
                            .filter(name -> name.endsWith("lora_B.weight"))
                            .forEach(name -> assertThat(model.parameters()
                                            .gradOf(name)
                                            .abs()
                                            .max()
                                            .item())
                                    .isPositive());
                }
            }
        }
    }

    private static void assertSame(CausalLm model) {
        Outcome plain = outcome(model);
        model.useCheckpointing(true);
        Outcome checkpointed = outcome(model);
        assertThat(checkpointed.loss).isEqualTo(plain.loss);
        assertThat(checkpointed.gradient).isEqualTo(plain.gradient);
        assertThat(outcome(model.onWorker(1)).gradient).isEqualTo(plain.gradient);
        assertThat(plain.gradient).isNotEqualTo(new float[plain.gradient.length]);
        model.useCheckpointing(false);
        assertThat(outcome(model.onWorker(1)).gradient).isEqualTo(plain.gradient);
    }

    @Test
    void aRewardModelHasTheSameGradients() {
        try (CausalLm backbone = CausalLm.create(CONFIG, 1);
                RewardModel model = RewardModel.fromBackbone(backbone, 2);
                Scope scope = Scope.open()) {
            TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
            model.parameters().makeTrainable();
            model.scores(batch).square().sum().backward();
            float[] plain = model.parameters().flatGrad().toFloats();
            model.parameters().zeroGrad();
            model.useCheckpointing(true);
            model.scores(batch).square().sum().backward();
            assertThat(model.parameters().flatGrad().toFloats()).isEqualTo(plain);
        }
    }

    @Test
    void generationAfterTrainingIsThatOfAnotherProcess() {
        try (CausalLm model = CausalLm.create(CONFIG, 1);
                CausalLm fresh = CausalLm.create(CONFIG, 1)) {
            model.useCheckpointing(true);
            model.parameters().makeTrainable();
            outcome(model);
            SamplingOptions options = SamplingOptions.sampling(8, 1);
            List<int[]> first = tokens(model, options);
            List<int[]> second = tokens(fresh, options);
            for (int i = 0; i < first.size(); i++) {
                assertThat(first.get(i)).isEqualTo(second.get(i));
            }
        }
    }

    private static List<int[]> tokens(CausalLm model, SamplingOptions options) {
        return new Generator(model, Set.of(), ids -> "")
                .generate(ROWS, options, 7).stream()
                        .map(generated -> generated.tokens())
                        .toList();
    }

    /** Sixteen layers, whose insides take about 25 MB each in this pass. */
    @Test
    void aTrainingPassHoldsTheInsidesOfOneLayer() {
        ModelConfig deep = ModelConfig.llama()
                .vocabularySize(64)
                .width(64)
                .mlpWidth(256)
                .layers(16)
                .heads(4)
                .maxPositions(512)
                .build();
        List<int[]> rows = Collections.nCopies(8, new int[512]);
        try (CausalLm model = CausalLm.create(deep, 1)) {
            model.parameters().makeTrainable();
            long checkpointed = growth(model, rows, true);
            long plain = growth(model, rows, false);
            assertThat(checkpointed).isLessThan(plain / 3);
        }
    }

    private static long growth(CausalLm model, List<int[]> rows, boolean checkpointing) {
        model.useCheckpointing(checkpointing);
        try (Scope scope = Scope.open()) {
            TokenBatch batch = TokenBatch.rightPadded(rows, 0);
            long before = Pointer.physicalBytes();
            Tensor hidden = model.hidden(batch);
            long after = Pointer.physicalBytes() - before;
            hidden.sum().backward();
            assertThat(model.parameters().flatGrad().isFinite()).isTrue();
            return after;
        }
    }

    @Test
    void aPassWithoutGradientsIsNotAffected() {
        try (CausalLm model = CausalLm.create(CONFIG, 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
            float[] plain = model.logits(batch).toFloats();
            model.useCheckpointing(true);
            assertThat(model.logits(batch).toFloats()).isEqualTo(plain);
            assertThat(model.hidden(batch).requiresGrad()).isFalse();
        }
    }
}
