package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RewardPooling;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardModelTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(31)
            .width(32)
            .mlpWidth(40)
            .layers(3)
            .heads(4)
            .kvHeads(2)
            .tied(true)
            .tokens(null, 1, 0)
            .build();
    private static final RewardSequence LONG = new RewardSequence(new int[] {5, 6, 7, 8, 9, 10}, 2);
    private static final RewardSequence SHORT = new RewardSequence(new int[] {11, 12, 1}, 1);

    @TempDir
    private Path dir;

    private final CausalLm causal = CausalLm.create(CONFIG, 1);
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
        causal.close();
    }

    @Test
    void meanPoolingAveragesTheScoresOfTheCompletionsTokens() {
        try (RewardModel model = model(3, RewardPooling.MEAN)) {
            float[] each = model.values(TokenBatch.rightPadded(List.of(LONG.tokens()), 0))
                    .toFloats();
            float mean = (each[2] + each[3] + each[4] + each[5]) / 4;
            assertThat(score(model, LONG)).isCloseTo(mean, within(1e-5f));
            RewardSequence empty = new RewardSequence(LONG.tokens(), 6);
            assertThat(score(model, empty)).isCloseTo(each[5], within(1e-5f));
        }
    }

    @Test
    void paddingAndTheRestOfABatchChangeNoScore() {
        for (RewardPooling pooling : RewardPooling.values()) {
            try (RewardModel model = model(2, pooling)) {
                float[] together = model.scores(List.of(SHORT, LONG, SHORT)).toFloats();
                assertThat(together)
                        .as(pooling.configName())
                        .containsExactly(
                                new float[] {score(model, SHORT), score(model, LONG), score(model, SHORT)},
                                within(1e-5f));
            }
        }
    }

    @Test
    void lastPoolingReadsWhatTransformersReads() {
        try (RewardModel model = model(3, RewardPooling.LAST)) {
            TokenBatch batch = TokenBatch.leftPadded(List.of(LONG.tokens(), SHORT.tokens()), 0);
            assertThat(model.scores(List.of(LONG, SHORT)).toFloats())
                    .containsExactly(model.scores(batch).toFloats(), within(1e-5f));
        }
        try (RewardModel model = model(3, RewardPooling.MEAN)) {
            TokenBatch batch = TokenBatch.leftPadded(List.of(LONG.tokens()), 0);
            assertThatThrownBy(() -> model.scores(batch))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("reward_pooling: found mean");
        }
    }

    /** Layers that come later do not reach the score: changing them changes nothing, changing a kept one does. */
    @Test
    void theBackboneEndsAfterTheLayerThatTheHeadReads() {
        try (RewardModel before = model(2, RewardPooling.MEAN)) {
            causal.parameters()
                    .byName()
                    .get("model.layers.2.mlp.down_proj.weight")
                    .fillInPlace(3);
            try (RewardModel after = model(2, RewardPooling.MEAN)) {
                assertThat(after.config().layers()).isEqualTo(2);
                assertThat(after.parameters().byName().keySet()).noneMatch(name -> name.contains("layers.2."));
                assertThat(score(after, LONG)).isEqualTo(score(before, LONG));
            }
            causal.parameters()
                    .byName()
                    .get("model.layers.1.mlp.down_proj.weight")
                    .fillInPlace(3);
            try (RewardModel after = model(2, RewardPooling.MEAN)) {
                assertThat(score(after, LONG)).isNotEqualTo(score(before, LONG));
            }
        }
    }

    @Test
    void aSavedModelKeepsPoolingAndLayersAndComputesTheSame() throws Exception {
        Path place = dir.resolve("mean");
        try (RewardModel model = model(2, RewardPooling.MEAN)) {
            model.setRewardBias(0.5);
            assertThat(model.pooling()).isEqualTo(RewardPooling.MEAN);
            Checkpoints.saveReward(place, model, null, DType.FLOAT32);
            try (RewardModel loaded = Checkpoints.loadReward(place)) {
                assertThat(loaded.pooling()).isEqualTo(RewardPooling.MEAN);
                assertThat(loaded.scores(List.of(LONG, SHORT)).toFloats())
                        .containsExactly(model.scores(List.of(LONG, SHORT)).toFloats());
            }
        }
        Path config = place.resolve("config.json");
        assertThat(config).content().contains("\"num_hidden_layers\" : 2").contains("\"reward_pooling\" : \"mean\"");
        Files.writeString(config, Files.readString(config).replace("\"mean\"", "\"max\""));
        assertThatThrownBy(() -> Checkpoints.loadReward(place))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("key reward_pooling")
                .hasMessageContaining("'max'")
                .hasMessageContaining("last or mean");
        try (RewardModel last = model(3, RewardPooling.LAST)) {
            Checkpoints.saveReward(dir.resolve("last"), last, null, DType.FLOAT32);
        }
        assertThat(dir.resolve("last/config.json")).content().doesNotContain("reward_pooling");
    }

    @Test
    void scaledFeaturesAreTheFeaturesTimesTheirFactors() {
        try (RewardModel model = model(2, RewardPooling.MEAN)) {
            Tensor before = model.features(List.of(LONG, SHORT));
            float[] factors = new float[32];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = i - 7.5f;
            }
            Tensor scale = Tensor.of(factors, 32);
            model.scaleFeatures(scale);
            assertThat(model.features(List.of(LONG, SHORT))
                            .minus(before.times(scale))
                            .abs()
                            .max()
                            .item())
                    .isLessThan(1e-5);
        }
    }

    @Test
    void aFrozenBackboneHasNoGradientsAndNoRoomForThem() {
        try (RewardModel model = model(3, RewardPooling.MEAN);
                RewardModel whole = model(3, RewardPooling.MEAN)) {
            model.freezeBackbone();
            assertThat(model.backboneFrozen()).isTrue();
            assertThat(whole.backboneFrozen()).isFalse();
            backward(model);
            backward(whole);
            assertThat(model.parameters().flatGrad().count()).isEqualTo(32);
            assertThat(model.parameters().gradOf("score.weight").toFloats())
                    .containsExactly(whole.parameters().gradOf("score.weight").toFloats(), within(1e-6f));
            assertThatThrownBy(() -> model.parameters().gradOf("model.norm.weight"))
                    .hasMessageContaining("model.norm.weight is frozen");
        }
    }

    @Test
    void theLastLayersHaveTheGradientsThatTheyHaveInTheWholeModel() {
        try (RewardModel model = model(3, RewardPooling.LAST);
                RewardModel whole = model(3, RewardPooling.LAST)) {
            model.freezeAllButLast(1);
            backward(model);
            backward(whole);
            for (String name : List.of(
                    "model.layers.2.input_layernorm.weight",
                    "model.layers.2.self_attn.q_proj.weight",
                    "model.layers.2.mlp.down_proj.weight",
                    "model.norm.weight",
                    "score.weight")) {
                float[] expected = whole.parameters().gradOf(name).toFloats();
                assertThat(model.parameters().gradOf(name).toFloats())
                        .as(name)
                        .containsExactly(expected, within(1e-6f));
                assertThat(Arrays.equals(expected, new float[expected.length])).isFalse();
            }
            assertThatThrownBy(() -> model.parameters().gradOf("model.layers.1.mlp.down_proj.weight"))
                    .hasMessageContaining("is frozen");
        }
    }

    /** OLMo 2 has no norm before attention, so its layers begin with the projections. */
    @Test
    @Tag("shared")
    void theLastLayerOfAFamilyWithoutInputNormsIsTrainedWhole() {
        Checkpoint olmo = Checkpoint.read(Checkpoint.shared("families/olmo2"));
        try (CausalLm base = CausalLm.of(olmo.config(), olmo.weights());
                RewardModel model = RewardModel.fromBackbone(base, 3)) {
            model.freezeAllButLast(1);

            assertThat(model.parameters().trainedNames())
                    .allMatch(name -> name.matches("(model.layers.2|model.norm|score).*"))
                    .contains(
                            "model.layers.2.self_attn.q_proj.weight",
                            "model.layers.2.post_feedforward_layernorm.weight")
                    .hasSize(11 + 2);
        }
    }

    private static void backward(RewardModel model) {
        model.parameters().makeTrainable();
        model.scores(List.of(LONG, SHORT)).square().sum().backward();
    }

    private RewardModel model(int layers, RewardPooling pooling) {
        return RewardModel.fromBackbone(causal, new RewardModel.Shape(layers, pooling), 3);
    }

    private static float score(RewardModel model, RewardSequence sequence) {
        return model.scores(List.of(sequence)).toFloats()[0];
    }
}
