package dev.attune.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.BaseModel;
import dev.attune.model.transformer.BaseWeight;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The formulas of LoRA and DoRA, and what an adapted model shares with its base. */
class LowRankTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(31)
            .width(32)
            .mlpWidth(40)
            .layers(2)
            .heads(4)
            .kvHeads(2)
            .tied(true)
            .build();
    private static final List<int[]> ROWS = List.of(new int[] {5, 6, 7, 8, 9}, new int[] {11, 12}, new int[] {3, 4, 5});

    private final CausalLm base = CausalLm.create(CONFIG, 1);
    private final Scope scope = Scope.open();
    private final TokenBatch batch = TokenBatch.rightPadded(ROWS, 0);

    @BeforeEach
    void load() {
        assertThat(base.parameters().trainable()).isFalse();
    }

    @AfterEach
    void close() {
        scope.close();
        base.close();
    }

    /** W = [[3, 4], [0, 2]], B = [1, 0]', A = [1, 0], s = 2, m = [5, 2]: rows of [[5, 4], [0, 2]] of lengths 5 and 2. */
    @Test
    void doraScalesTheRowsOfTheSum() {
        try (NoGrad off = NoGrad.on()) {
            LowRank map = map(Tensor.of(new float[] {5, 2}, 2), 0);
            assertThat(map.merged().transpose(0, 1).contiguous().toFloats())
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(3.9043f, 3.1235f, 0, 2);
            Tensor x = Tensor.of(new float[] {1, 10}, 1, 1, 2);
            Tensor y = x.matmul(weight()).plus(Tensor.of(new float[] {7, 8}, 2));
            assertThat(map.apply(x, y, Tensor.of(new float[] {7, 8}, 2)).toFloats())
                    .usingComparatorWithPrecision(1e-3f)
                    .containsExactly(3.9043f + 31.235f + 7, 20 + 8);
        }
    }

    @Test
    void loraAddsTheProduct() {
        try (NoGrad off = NoGrad.on()) {
            LowRank map = map(null, 0);
            assertThat(map.merged().transpose(0, 1).contiguous().toFloats()).containsExactly(5, 4, 0, 2);
            Tensor x = Tensor.of(new float[] {1, 10}, 1, 1, 2);
            assertThat(map.apply(x, x.matmul(weight()), null).toFloats()).containsExactly(45, 20);
        }
    }

    /** dL/dm = (W + sBA)x / |.|, and the norm has no gradient: dL/dB = f s A x. */
    @Test
    void theNormOfDoraIsConstantInTheGradient() {
        Tensor magnitude = Tensor.of(new float[] {5, 2}, 2).requireGrad(true);
        Tensor b = Tensor.of(new float[] {1, 0}, 2, 1).requireGrad(true);
        LowRank map = new LowRank(
                "m", Tensor.of(new float[] {1, 0}, 1, 2), b, 2, new DropoutState(0, 1), magnitude, stored());
        Tensor x = Tensor.of(new float[] {1, 10}, 1, 1, 2);
        map.apply(x, x.matmul(weight()), null).sum().backward();
        double norm = Math.sqrt(41);
        assertThat(magnitude.grad().toFloats())
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly((float) (45 / norm), 20 / 2f);
        assertThat(b.grad().toFloats()).usingComparatorWithPrecision(1e-4f).containsExactly((float) (5 / norm * 2), 2);
    }

    private static LowRank map(@Nullable Tensor magnitude, double dropout) {
        return new LowRank(
                "m",
                Tensor.of(new float[] {1, 0}, 1, 2),
                Tensor.of(new float[] {1, 0}, 2, 1),
                2,
                new DropoutState(dropout, 1),
                magnitude,
                stored());
    }

    private static BaseWeight stored() {
        return new BaseWeight(LowRankTest::weight, 0, 2);
    }

    private static Tensor weight() {
        return Tensor.of(new float[] {3, 0, 4, 2}, 2, 2);
    }

    @Test
    void aNewAdapterComputesWhatItsBaseComputes() {
        try (CausalLm lora = adapted(AdapterSpec.of(4));
                CausalLm dora = adapted(AdapterSpec.of(4).withDora(true));
                NoGrad off = NoGrad.on()) {
            float[] plain = base.logits(batch).toFloats();
            assertThat(lora.logits(batch).toFloats()).isEqualTo(plain);
            assertThat(dora.logits(batch).toFloats()).isEqualTo(plain);
            assertThat(lora.computesAs(base)).isTrue();
            assertThat(lora.computesAs(lora.withoutAdapter())).isTrue();
            assertThat(dora.computesAs(base)).isTrue();
            shake(lora);
            assertThat(lora.computesAs(base)).isFalse();
        }
    }

    @Test
    void onlyTheAdapterHasGradientsAndTheyAreThoseOfTheMergedWeights() {
        try (CausalLm model = adapted(AdapterSpec.of(3).withTargets(Targets.named("v_proj")))) {
            shake(model);
            model.parameters().makeTrainable();
            loss(model).backward();
            try (CausalLm merged = model.copy()) {
                merged.parameters().makeTrainable();
                loss(merged).backward();
                String module = "model.layers.0.self_attn.v_proj";
                Tensor whole = merged.parameters().gradOf(module + ".weight");
                Tensor a = model.parameters().byName().get(module + ".lora_A.weight");
                Tensor expected = whole.matmul(a.transpose(0, 1)).times(2);
                assertClose(model.parameters().gradOf(module + ".lora_B.weight"), expected, 1e-5);
            }
            assertThat(model.parameters().trainedNames()).hasSize(4);
            assertThat(base.parameters().trainable()).isFalse();
            assertThatThrownBy(() -> base.parameters().makeTrainable()).hasMessageContaining("frozen base");
        }
    }

    @Test
    void replicasAddTheirGradientsForTheSameWeights() {
        try (CausalLm model = adapted(AdapterSpec.of(3))) {
            shake(model);
            model.parameters().makeTrainable();
            loss(model).backward();
            loss(model.onWorker(1)).backward();
            List<Tensor> others = model.parameters().replicaGradients();
            assertThat(others).hasSize(1);
            assertThat(others.get(0).toFloats())
                    .isEqualTo(model.parameters().flatGrad().toFloats());
            try (NoGrad off = NoGrad.on()) {
                model.parameters().trained().timesInPlace(2);
                assertThat(model.onWorker(1).logits(batch).toFloats())
                        .isEqualTo(model.logits(batch).toFloats());
            }
        }
    }

    @Test
    void dropoutChangesTrainingPassesOnlyAndIsAFunctionOfStepAndRow() {
        AdapterSpec spec = AdapterSpec.of(4).withDropout(0.5);
        for (boolean dora : List.of(false, true)) {
            try (CausalLm model = adapted(spec.withDora(dora))) {
                shake(model);
                model.parameters().makeTrainable();
                assertThatThrownBy(() -> model.logits(batch)).hasMessageContaining("step");
                float[] scored = withoutGradients(model);
                model.atStep(1);
                float[] first = model.logits(batch).toFloats();
                assertThat(first).isNotEqualTo(scored);
                assertThat(model.logits(batch).toFloats()).isEqualTo(first);
                assertThat(model.onWorker(1).logits(batch).toFloats()).isEqualTo(first);
                Tensor alone = model.logits(TokenBatch.rightPadded(List.of(ROWS.get(1)), 0));
                assertClose(alone.select(0, 0), model.logits(batch).select(0, 1).narrow(0, 0, 2), 1e-5);
                model.atStep(2);
                assertThat(model.logits(batch).toFloats()).isNotEqualTo(first);
                assertThat(withoutGradients(model)).isEqualTo(scored);
            }
        }
    }

    @Test
    void dropoutKeepsTheMeanAndDropsTheGivenShare() {
        Tensor mask = Randomness.dropout(0.3, List.of(Randomness.of(1, "a"), Randomness.of(1, "b")), 2, 100, 500);
        assertThat(mask.mean().item()).isCloseTo(1, within(0.01));
        assertThat(mask.equalTo(0).toFloat().mean().item()).isCloseTo(0.3, within(0.01));
        assertThat(mask.select(0, 0).sameValues(mask.select(0, 1))).isFalse();
        Tensor shorter = Randomness.dropout(0.3, List.of(Randomness.of(1, "a")), 1, 7, 500);
        assertThat(mask.select(0, 0).narrow(0, 0, 7).sameValues(shorter.select(0, 0)))
                .isTrue();
    }

    /** LoRA on the embedding and q_proj, the head as a whole, dropout: the reference is the base, also after a failure. */
    @Test
    void theReferenceIsTheBaseExactly() {
        AdapterSpec spec = AdapterSpec.of(4)
                .withDropout(0.3)
                .withTargets(Targets.named("embed_tokens", "q_proj"))
                .withModulesToSave(List.of("lm_head"));
        try (CausalLm model = adapted(spec)) {
            float[] before = withoutGradients(base);
            shake(model);
            model.atStep(1);
            model.parameters().makeTrainable();
            Tensor ids = Tensor.of(new long[] {5, 99}, 1, 2);
            assertThatThrownBy(() -> model.logits(new TokenBatch(ids, Tensor.of(new long[] {1, 1}, 1, 2), null, null)))
                    .isInstanceOf(RuntimeException.class);
            try (CausalLm reference = model.withoutAdapter()) {
                assertThat(reference.logits(batch).toFloats()).isEqualTo(before);
                assertThat(withoutGradients(reference)).isEqualTo(before);
                assertThat(withoutGradients(reference)).isEqualTo(before);
            }
            assertThat(withoutGradients(model)).isNotEqualTo(before);
            loss(model).backward();
            assertThat(model.parameters().gradOf("lm_head.weight").abs().sum().item())
                    .isPositive();
        }
    }

    /** LoRA on the head of a tied model leaves the embedding, so the merged model has a head of its own. */
    @Test
    void aMergedHeadIsNoLongerTied() {
        try (CausalLm model = adapted(AdapterSpec.of(2).withTargets(Targets.named("lm_head")));
                NoGrad off = NoGrad.on()) {
            assertThat(model.merged().config().tied()).isTrue();
            model.parameters()
                    .byName()
                    .get("lm_head.lora_B.weight")
                    .select(0, 4)
                    .fillInPlace(1);
            try (CausalLm merged = model.copy()) {
                assertThat(merged.config().tied()).isFalse();
                assertThat(merged.hidden(batch).toFloats())
                        .isEqualTo(base.hidden(batch).toFloats());
                assertClose(merged.logits(batch), model.logits(batch), 1e-5);
                Tensor changed = model.logits(batch)
                        .minus(base.logits(batch))
                        .abs()
                        .sum(0)
                        .sum(0);
                float[] expected = new float[31];
                expected[4] = 1;
                assertThat(changed.greaterThan(1e-3).toFloats()).containsExactly(expected);
            }
        }
    }

    @Test
    void anEmbeddingThatStaysTiedIsOneTensor() {
        AdapterSpec spec =
                AdapterSpec.of(2).withTargets(Targets.named("q_proj")).withModulesToSave(List.of("embed_tokens"));
        try (CausalLm apart = adapted(spec);
                CausalLm tied = adapted(spec.withTied(true));
                NoGrad off = NoGrad.on()) {
            for (CausalLm model : List.of(apart, tied)) {
                model.parameters().byName().get("model.embed_tokens.weight").timesInPlace(2);
                try (CausalLm merged = model.copy()) {
                    assertThat(merged.config().tied()).isEqualTo(model == tied);
                    assertThat(merged.logits(batch).toFloats())
                            .isEqualTo(model.logits(batch).toFloats());
                }
            }
            assertThat(tied.logits(batch).toFloats())
                    .isNotEqualTo(apart.logits(batch).toFloats());
        }
    }

    @Test
    void policyReferenceCriticAndRewardShareOneBase() {
        BaseModel shared = base.asBase();
        float[] before = withoutGradients(base);
        try (CausalLm policy = adapted(AdapterSpec.of(4));
                CausalLm reference = policy.withoutAdapter();
                RewardModel reward = RewardModel.adapted(
                        shared.asReward(), Adapter.create(shared.asReward(), AdapterSpec.of(2), 5));
                RewardModel critic = RewardModel.adapted(
                        shared.asReward(), Adapter.create(shared.asReward(), AdapterSpec.of(2), 6))) {
            assertThat(reward.adaptation().parameters().trainedNames()).contains("score.weight");
            shake(policy);
            for (RewardModel model : List.of(reward, critic)) {
                model.parameters().makeTrainable();
                model.scores(batch).sum().backward();
                assertThat(model.parameters().gradOf("score.weight").abs().sum().item())
                        .isPositive();
            }
            try (NoGrad off = NoGrad.on();
                    RewardModel alone = RewardModel.fromBackbone(
                            base, reward.parameters().byName().get("score.weight"))) {
                assertThat(reward.scores(batch).toFloats())
                        .isEqualTo(alone.scores(batch).toFloats());
                reward.parameters().trained().timesInPlace(3);
                reward.setRewardBias(0.5);
                try (RewardModel copy = reward.copy()) {
                    assertClose(copy.scores(batch), reward.scores(batch), 1e-5);
                }
                assertThat(critic.values(batch).shape()).containsExactly(3, 5);
            }
            assertThat(withoutGradients(reference)).isEqualTo(before);
        }
        assertThat(withoutGradients(base)).isEqualTo(before);
    }

    /** The spacing of bfloat16 at 1 is 0.0078: the sum is formed in float32 and rounded once. */
    @Test
    void aMergeRoundsTheSumOnce() {
        try (CausalLm model = adapted(AdapterSpec.of(1).withAlpha(1).withTargets(Targets.named("o_proj")));
                NoGrad off = NoGrad.on()) {
            String module = "model.layers.0.self_attn.o_proj";
            base.parameters().byName().get(module + ".weight").fillInPlace(1.0078125);
            model.parameters().byName().get(module + ".lora_A.weight").fillInPlace(1);
            model.parameters().byName().get(module + ".lora_B.weight").fillInPlace(0.00390626);
            Tensor merged = model.merged().byName().get(module + ".weight");
            assertThat(merged.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(merged.select(0, 0).select(0, 0).item()).isCloseTo(1.01171876, within(1e-7));
            assertThat(merged.to(DType.BFLOAT16).select(0, 0).select(0, 0).item())
                    .isEqualTo(1.015625);
        }
    }

    @Test
    void mergingLeavesTheBaseAndTheAdapterAsTheyAre() {
        try (CausalLm model = adapted(AdapterSpec.of(4).withDora(true));
                NoGrad off = NoGrad.on()) {
            shake(model);
            Map<String, float[]> before = new LinkedHashMap<>();
            base.parameters().byName().forEach((name, weight) -> before.put(name, weight.toFloats()));
            float[] on = model.logits(batch).toFloats();
            model.copy().close();
            base.parameters().byName().forEach((name, weight) -> assertThat(weight.toFloats())
                    .isEqualTo(before.get(name)));
            assertThat(model.logits(batch).toFloats()).isEqualTo(on);
        }
    }

    private CausalLm adapted(AdapterSpec spec) {
        return CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), spec, 3));
    }

    private float[] withoutGradients(CausalLm model) {
        try (NoGrad off = NoGrad.on()) {
            return model.logits(batch).toFloats();
        }
    }

    static void shake(CausalLm model) {
        try (NoGrad off = NoGrad.on()) {
            Tensor trained = model.parameters().trained();
            trained.plusInPlace(Randomness.of(9, "shake").normal(0, 0.1, trained.count()), 1);
        }
    }

    private Tensor loss(CausalLm model) {
        return Functional.logProbabilities(model.logits(batch), batch.ids())
                .times(batch.mask().toFloat())
                .sum()
                .negate();
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.minus(expected).abs().max().item()).isLessThan(tolerance);
    }

    @Test
    void wrongSettingsAreRefused() {
        List<AdapterSpec> wrong = new ArrayList<>();
        AdapterSpec good = AdapterSpec.of(4);
        wrong.add(good.withTargets(Targets.named("q_porj")));
        wrong.add(good.withTargets(Targets.text("q_proj")));
        wrong.add(good.withTargets(Targets.text("q_proj[")));
        wrong.add(good.withModulesToSave(List.of("scoer")));
        for (AdapterSpec spec : wrong) {
            assertThatThrownBy(() -> adapted(spec)).isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> good.withDropout(1)).hasMessageContaining("lora, dropout");
        assertThatThrownBy(() -> AdapterSpec.of(0)).hasMessageContaining("lora, rank");
        assertThatThrownBy(() -> adapted(good.withDropout(0.1).withTargets(Targets.named("lm_head"))))
                .hasMessageContaining("lm_head");
    }
}
