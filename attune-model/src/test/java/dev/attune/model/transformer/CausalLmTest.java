package dev.attune.model.transformer;

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
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CausalLmTest {
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

    private final CausalLm model = CausalLm.create(CONFIG, 1);
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
        model.close();
    }

    @Test
    void paddingOnEitherSideChangesNoLogitOfARealToken() {
        try (NoGrad off = NoGrad.on()) {
            Tensor left = model.logits(TokenBatch.leftPadded(ROWS, 7));
            Tensor right = model.logits(TokenBatch.rightPadded(ROWS, 0));
            for (int row = 0; row < ROWS.size(); row++) {
                int[] ids = ROWS.get(row);
                Tensor alone =
                        model.logits(TokenBatch.rightPadded(List.of(ids), 0)).select(0, 0);
                assertSame(alone, left.select(0, row).narrow(0, 5 - ids.length, ids.length));
                assertSame(alone, right.select(0, row).narrow(0, 0, ids.length));
            }
        }
    }

    @Test
    void packedSequencesDoNotSeeEachOther() {
        try (NoGrad off = NoGrad.on()) {
            Tensor ids = Tensor.of(new long[] {5, 6, 7, 8, 9, 11, 12}, 1, 7);
            Tensor positions = Tensor.of(new long[] {0, 1, 2, 3, 4, 0, 1}, 1, 7);
            Tensor segments = Tensor.of(new long[] {0, 0, 0, 0, 0, 1, 1}, 1, 7);
            Tensor mask = Tensor.of(new long[] {1, 1, 1, 1, 1, 1, 1}, 1, 7);
            Tensor packed =
                    model.logits(new TokenBatch(ids, mask, positions, segments)).select(0, 0);
            Tensor first = model.logits(TokenBatch.rightPadded(List.of(ROWS.get(0)), 0))
                    .select(0, 0);
            Tensor second = model.logits(TokenBatch.rightPadded(List.of(ROWS.get(1)), 0))
                    .select(0, 0);
            assertSame(first, packed.narrow(0, 0, 5));
            assertSame(second, packed.narrow(0, 5, 2));
        }
    }

    @Test
    void stepsWithACacheGiveTheLogitsOfTheWholeSequence() {
        try (NoGrad off = NoGrad.on();
                KeyValueCache cache = new KeyValueCache(CONFIG, 2, 8, DType.FLOAT32)) {
            List<int[]> whole = List.of(new int[] {5, 6, 7, 8, 9}, new int[] {11, 12, 13});
            Tensor expected = model.logits(TokenBatch.leftPadded(whole, 0));
            model.prefill(TokenBatch.leftPadded(List.of(new int[] {5, 6, 7}, new int[] {11}), 0), cache);
            Tensor fourth = model.head(model.step(Tensor.of(new long[] {8, 12}, 2, 1), cache));
            assertSame(fourth.squeeze(1), expected.select(1, 3));
            cache.keepRows(Tensor.of(new long[] {1}, 1));
            Tensor fifth = model.head(model.step(Tensor.of(new long[] {13}, 1, 1), cache));
            assertSame(fifth.reshape(-1), expected.select(0, 1).select(0, 4));
        }
    }

    @Test
    void gradientsEqualDifferenceQuotientsAndGatherInTheFlatBuffer() {
        TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
        model.parameters().zeroGrad();
        loss(batch).backward();
        for (String name : List.of(
                "model.layers.0.self_attn.k_proj.weight",
                "model.layers.1.mlp.up_proj.weight",
                "model.layers.1.input_layernorm.weight",
                "model.embed_tokens.weight")) {
            Tensor grad = model.parameters().gradOf(name);
            Tensor weight = model.parameters().byName().get(name);
            assertThat(grad.abs().max().item()).isPositive();
            try (NoGrad off = NoGrad.on()) {
                Tensor direction = grad.dividedBy(grad.square().sum().sqrt()).copy();
                double norm = grad.square().sum().sqrt().item();
                weight.plusInPlace(direction, 5e-3);
                double up = loss(batch).item();
                weight.plusInPlace(direction, -1e-2);
                double down = loss(batch).item();
                weight.plusInPlace(direction, 5e-3);
                assertThat((up - down) / 1e-2).as(name).isCloseTo(norm, within(0.01 * norm + 1e-3));
            }
        }
        Tensor before = model.parameters().flatGrad().copy();
        loss(batch).backward();
        assertThat(model.parameters()
                        .flatGrad()
                        .minus(before.times(2))
                        .abs()
                        .max()
                        .item())
                .isLessThan(1e-5);
    }

    private Tensor loss(TokenBatch batch) {
        Tensor logits = model.logits(batch);
        Tensor targets = batch.ids().roll(-1, 1);
        Tensor mask = batch.mask().toFloat();
        return Functional.logProbabilities(logits, targets).times(mask).sum().negate();
    }

    @Test
    void aCopyHasItsOwnStorage() {
        try (CausalLm copy = model.copy();
                NoGrad off = NoGrad.on()) {
            TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
            assertSame(copy.logits(batch), model.logits(batch));
            copy.parameters().trained().timesInPlace(2);
            assertThat(copy.logits(batch).minus(model.logits(batch)).abs().max().item())
                    .isPositive();
        }
    }

    @Test
    void everyWeightIsAViewOfTheFlatBuffer() {
        double sum = model.parameters().byName().values().stream()
                .mapToDouble(weight -> weight.abs().sum().item())
                .sum();
        assertThat(model.parameters().trained().abs().sum().item()).isCloseTo(sum, within(1e-2));
        assertThat(model.parameters().count()).isEqualTo(31 * 32 + 2 * (2 * 32 + 64 * 32 + 32 * 32 + 3 * 32 * 40) + 32);
        assertThat(model.parameters().byName().keySet())
                .startsWith(
                        "model.embed_tokens.weight",
                        "model.layers.0.input_layernorm.weight",
                        "model.layers.0.self_attn.q_proj.weight");
    }

    @Test
    void wrongCheckpointsAreRefusedByName() {
        var weights = new LinkedHashMap<String, Tensor>(model.parameters().byName());
        weights.remove("model.norm.weight");
        assertThatThrownBy(() -> CausalLm.of(CONFIG, weights))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.norm.weight");
        weights.put("model.norm.weight", Tensor.ones(31));
        assertThatThrownBy(() -> CausalLm.of(CONFIG, weights))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("[31]");
        weights.put("model.norm.weight", Tensor.ones(32));
        weights.put("model.layers.0.mystery", Tensor.ones(32));
        assertThatThrownBy(() -> CausalLm.of(CONFIG, weights))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("mystery");
    }

    @Test
    void aValueHeadReadsTheSameOnATrunkOfItsOwn() {
        try (ValueHead head = new ValueHead(CONFIG.width());
                NoGrad off = NoGrad.on()) {
            head.parameters().trained().copyInPlace(Randomness.of(5, "head").normal(0, 1, CONFIG.width()));
            TokenBatch batch = TokenBatch.leftPadded(ROWS, 0);
            Tensor shared = head.values(model.hidden(batch));
            try (RewardModel own = head.on(model)) {
                assertSame(own.values(batch), shared);
            }
        }
    }

    @Test
    void rewardScoresStandAtTheLastRealToken() {
        try (RewardModel reward = RewardModel.fromBackbone(model, 3);
                NoGrad off = NoGrad.on()) {
            TokenBatch left = TokenBatch.leftPadded(ROWS, 0);
            TokenBatch right = TokenBatch.rightPadded(ROWS, 0);
            Tensor scores = reward.scores(left);
            assertSame(scores, reward.values(left).select(1, 4));
            assertSame(scores, reward.scores(right));
            assertThat(reward.values(right).select(0, 1).select(0, 1).item())
                    .isCloseTo(scores.select(0, 1).item(), within(1e-5));
            reward.setRewardBias(2);
            assertSame(reward.scores(left), scores.plus(2));
            reward.scale(0.5);
            assertSame(reward.scores(left), scores.plus(2).times(0.5));
            try (RewardModel copy = reward.copy()) {
                assertSame(copy.scores(left), reward.scores(left));
            }
        }
    }

    private static void assertSame(Tensor expected, Tensor actual) {
        assertThat(actual.minus(expected).abs().max().item()).isLessThan(1e-5);
    }
}
