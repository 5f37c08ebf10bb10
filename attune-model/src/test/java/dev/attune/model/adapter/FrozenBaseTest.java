package dev.attune.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.model.transformer.WeightSource;
import dev.attune.model.transformer.WeightStorage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A frozen base in bfloat16 or 8-bit integers. */
class FrozenBaseTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(64)
            .width(64)
            .mlpWidth(172)
            .layers(3)
            .heads(4)
            .kvHeads(2)
            .tied(true)
            .build();
    private static final List<int[]> ROWS = List.of(new int[] {5, 9, 33, 7, 12}, new int[] {12, 3});

    private final Scope scope = Scope.open();
    private final TokenBatch batch = TokenBatch.rightPadded(ROWS, 0);
    private final CausalLm whole = CausalLm.create(CONFIG, 3);

    @AfterEach
    void close() {
        whole.close();
        scope.close();
    }

    private CausalLm stored(DType type) {
        return CausalLm.of(CONFIG, WeightSource.of(whole.parameters().byName()), WeightStorage.frozen(type));
    }

    /** Relative error of the logits, by root mean squares; 3.2e-3 in bfloat16 and 8.8e-3 in integers for these random weights. */
    private double error(Tensor logits, Tensor expected) {
        return Math.sqrt(logits.minus(expected).square().mean().item()
                / expected.square().mean().item());
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"BFLOAT16", "INT8"})
    void onlyTheWeightsAreRounded(DType type) {
        try (CausalLm base = stored(type);
                NoGrad off = NoGrad.on()) {
            assertThat(base.parameters().dtype()).isEqualTo(type);
            Tensor logits = base.logits(batch);
            double error = error(logits, whole.logits(batch));
            assertThat(error).isCloseTo(type == DType.INT8 ? 8.8e-3 : 3.2e-3, within(3e-4));
            try (CausalLm widened = CausalLm.of(CONFIG, base.parameters().byName())) {
                assertThat(error(logits, widened.logits(batch))).isLessThan(1e-6);
            }
        }
    }

    @Test
    void eightBitsTakeAQuarterOfTheMemoryAndRoundToHalfAStep() {
        try (CausalLm base = stored(DType.INT8);
                NoGrad off = NoGrad.on()) {
            String name = "model.layers.1.self_attn.k_proj.weight";
            Tensor exact = whole.parameters().byName().get(name);
            Tensor rounded = base.parameters().byName().get(name);
            Tensor step = exact.abs().max(1).dividedBy(127).unsqueeze(1);
            assertThat(rounded.minus(exact).abs().dividedBy(step).max().item()).isBetween(0.4, 0.5001);
            long projections = 3L * (64 * 64 * 2 + 2 * 64 * 32 + 3 * 64 * 172);
            long others = base.parameters().count() - projections;
            long scales = 3L * (64 + 2 * 32 + 64 + 2 * 172 + 64);
            assertThat(base.parameters().bytes()).isEqualTo(projections + 4 * others + 4 * scales);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"BFLOAT16", "INT8"})
    void anAdapterTrainsAndTheMergeIsOntoWhatItWasTrainedOn(DType type) {
        for (boolean dora : List.of(false, true)) {
            try (CausalLm base = stored(type);
                    CausalLm widened = CausalLm.of(CONFIG, base.parameters().byName());
                    CausalLm model = adapted(base, dora);
                    CausalLm expected = adapted(widened, dora)) {
                for (CausalLm each : List.of(model, expected)) {
                    LowRankTest.shake(each);
                    each.parameters().makeTrainable();
                    each.useCheckpointing(each == model);
                    Functional.logProbabilities(each.logits(batch), batch.ids())
                            .sum()
                            .backward();
                }
                Tensor gradient = model.parameters().flatGrad();
                assertThat(error(gradient, expected.parameters().flatGrad())).isLessThan(1e-5);
                try (CausalLm merged = model.copy();
                        CausalLm reference = model.withoutAdapter();
                        NoGrad off = NoGrad.on()) {
                    assertThat(error(merged.logits(batch), model.logits(batch))).isLessThan(1e-5);
                    assertThat(reference.logits(batch).sameValues(base.logits(batch)))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"BFLOAT16", "INT8"})
    void decodingGivesTheProbabilitiesOfTheWholeSequence(DType type) {
        try (CausalLm base = stored(type);
                CausalLm model = adapted(base, false);
                NoGrad off = NoGrad.on()) {
            LowRankTest.shake(model);
            for (Generated one :
                    new Generator(model, Set.of(), ids -> "").generate(ROWS, SamplingOptions.sampling(8, 1), 1)) {
                int[] all = new int[one.prompt().length + one.tokens().length];
                System.arraycopy(one.prompt(), 0, all, 0, one.prompt().length);
                System.arraycopy(one.tokens(), 0, all, one.prompt().length, one.tokens().length);
                Tensor logits = model.logits(TokenBatch.rightPadded(List.of(all), 0))
                        .narrow(1, one.prompt().length - 1L, one.tokens().length);
                float[] again = Functional.logProbabilities(logits, Tensor.of(one.tokens(), 1, one.tokens().length))
                        .toFloats();
                for (int i = 0; i < again.length; i++) {
                    assertThat(one.logProbs()[i]).isCloseTo(again[i], within(1e-4f));
                }
            }
        }
    }

    private static CausalLm adapted(CausalLm base, boolean dora) {
        return CausalLm.adapted(
                base.asBase(), Adapter.create(base.asBase(), AdapterSpec.of(4).withDora(dora), 3));
    }
}
