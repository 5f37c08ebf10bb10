package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits against those that transformers computed, over left- and right-padded rows. */
class TransformersParityTest {
    private static final double TOLERANCE = 1e-4;

    @Tag("shared")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemma2",
                "gpt2",
                "gpt_neox",
                "llama",
                "llama3_rope_tied",
                "mistral",
                "mistral_sliding",
                "phi3",
                "qwen2",
                "qwen3"
            })
    void logitsEqualThoseOfTransformers(String name) {
        assertParity(Checkpoint.shared("tiny/" + name));
    }

    @Tag("shared")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemma3_text",
                "granite",
                "llama_linear_rope",
                "llama_yarn",
                "mixtral",
                "olmo2",
                "phi",
                "qwen3_moe",
                "smollm3"
            })
    void logitsOfNewerFamiliesEqualThoseOfTransformers(String name) {
        assertParity(Checkpoint.shared("families/" + name));
    }

    /** Checkpoints that attune-bench/peers/make_parity_fixtures.py made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamic",
                "gemma2_uncapped",
                "gemma3_scaled",
                "gpt2_scaled",
                "gpt_neox_sequential",
                "granite_biases",
                "linear",
                "llama3",
                "llama_biases",
                "mixtral_windows",
                "olmo2_bias",
                "phi3_longrope_long",
                "phi3_longrope_short",
                "phi_norms",
                "qwen2_sliding",
                "qwen3_bias",
                "qwen3_moe_mixed",
                "smollm3_windows",
                "yarn",
                "yarn_tuned"
            })
    void rareSettingsGiveTheLogitsOfTransformers(String name) {
        assertParity(Path.of("src/test/resources/parity", name));
    }

    private static void assertParity(Path folder) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(folder);
            try (CausalLm model = CausalLm.of(checkpoint.config(), checkpoint.weights())) {
                Tensor ours = model.logits(checkpoint.batch());
                double difference = ours.minus(checkpoint.golden().get("logits"))
                        .abs()
                        .times(checkpoint.golden().get("attention_mask").unsqueeze(2))
                        .max()
                        .item();
                assertThat(difference).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    @Tag("shared")
    @ParameterizedTest
    @ValueSource(strings = {"tiny/llama_reward", "families/gemma2_reward", "families/qwen3_reward"})
    void scoresOfRewardModelsEqualThoseOfTransformers(String name) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Checkpoint.shared(name));
            try (RewardModel model = RewardModel.of(checkpoint.config(), checkpoint.weights())) {
                Tensor expected = checkpoint.golden().get("logits").squeeze(-1);
                double difference = model.scores(checkpoint.batch())
                        .minus(expected)
                        .abs()
                        .max()
                        .item();
                assertThat(difference).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    /** Steps with a cache against the whole sequence at once; rope types that depend on its length have a test below. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemma2_uncapped",
                "gemma3_scaled",
                "gpt2_scaled",
                "gpt_neox_sequential",
                "granite_biases",
                "linear",
                "llama_biases",
                "mixtral_windows",
                "olmo2_bias",
                "phi3_longrope_short",
                "phi_norms",
                "qwen2_sliding",
                "qwen3_bias",
                "qwen3_moe_mixed",
                "smollm3_windows",
                "yarn_tuned"
            })
    void stepsWithACacheGiveTheLogitsOfTransformers(String name) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Path.of("src/test/resources/parity", name));
            Tensor ids = checkpoint.golden().get("input_ids");
            Tensor mask = checkpoint.golden().get("attention_mask");
            Tensor expected = checkpoint.golden().get("logits");
            try (CausalLm model = CausalLm.of(checkpoint.config(), checkpoint.weights());
                    KeyValueCache cache = new KeyValueCache(checkpoint.config(), 2, 24, DType.FLOAT32)) {
                model.prefill(new TokenBatch(ids.narrow(1, 0, 8), mask.narrow(1, 0, 8), null, null), cache);
                for (int t = 8; t < 21; t++) {
                    Tensor logits = model.head(model.step(ids.narrow(1, t, 1), cache));
                    double difference = logits.squeeze(1)
                            .minus(expected.select(1, t))
                            .abs()
                            .max()
                            .item();
                    assertThat(difference).as("token %d", t).isLessThanOrEqualTo(TOLERANCE);
                }
            }
        }
    }

    /** Frequencies change at position 10 (longrope), or from 12 on at each (dynamic): then the cache is void. */
    @ParameterizedTest
    @ValueSource(strings = {"phi3_longrope_long", "dynamic"})
    void stepsAcrossAChangeOfFrequenciesEqualOneFullPass(String name) {
        int[] row = {5, 9, 13, 4, 7, 11, 3, 8, 15, 6, 10, 14, 7, 9, 12, 3};
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Path.of("src/test/resources/parity", name));
            try (CausalLm model = CausalLm.of(checkpoint.config(), checkpoint.weights());
                    KeyValueCache cache = new KeyValueCache(checkpoint.config(), 2, row.length, DType.FLOAT32)) {
                int[] later = Arrays.copyOfRange(row, 2, row.length);
                model.prefill(TokenBatch.leftPadded(List.of(Arrays.copyOf(row, 4), Arrays.copyOf(later, 2)), 0), cache);
                for (int t = 4; t < row.length; t++) {
                    Tensor logits = model.head(model.step(Tensor.of(new int[] {row[t], row[t]}, 2, 1), cache));
                    Tensor whole = model.logits(
                            TokenBatch.leftPadded(List.of(Arrays.copyOf(row, t + 1), Arrays.copyOf(later, t - 1)), 0));
                    double difference = logits.squeeze(1)
                            .minus(whole.select(1, t))
                            .abs()
                            .max()
                            .item();
                    assertThat(difference).as("token %d", t).isLessThanOrEqualTo(TOLERANCE);
                }
            }
        }
    }

    /** The original length is 10: it and shorter ones use the short factors, longer ones the long factors. */
    @Test
    void longFactorsApplyAfterTheOriginalLength() {
        int[] row = {5, 9, 13, 4, 7, 11, 3, 8, 15, 6, 10};
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Path.of("src/test/resources/parity/phi3_longrope_long"));
            String json = checkpoint
                    .config()
                    .toJson("float32")
                    .replace("\"long_factor\"", "\"attention_factor\" : 1.25, \"long_factor\"");
            ModelConfig config = ModelConfig.parse("config.json", json);
            ModelConfig onlyShort = ModelConfig.parse(
                    "config.json",
                    json.replace("original_max_position_embeddings\" : 10", "original_max_position_embeddings\" : 40"));
            try (CausalLm model = CausalLm.of(config, checkpoint.weights());
                    CausalLm shorter = CausalLm.of(onlyShort, checkpoint.weights())) {
                assertThat(last(model, Arrays.copyOf(row, 10))).containsExactly(last(shorter, Arrays.copyOf(row, 10)));
                assertThat(last(model, row)).isNotEqualTo(last(shorter, row));
            }
        }
    }

    private static float[] last(CausalLm model, int[] row) {
        Tensor logits = model.logits(TokenBatch.rightPadded(List.of(row), 0));
        return logits.select(1, row.length - 1).toFloats();
    }

    @Tag("shared")
    @Test
    void stepsOfAModelWithSoftcapsGiveTheLogitsOfTheWholeSequence() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Checkpoint.shared("tiny/gemma2"));
            int[] row = {5, 9, 13, 40, 77, 101, 3, 8, 15, 200, 31, 64, 7, 90};
            try (CausalLm model = CausalLm.of(checkpoint.config(), checkpoint.weights());
                    KeyValueCache cache = new KeyValueCache(checkpoint.config(), 1, row.length, DType.FLOAT32)) {
                Tensor whole = model.logits(TokenBatch.rightPadded(List.of(row), 0));
                model.prefill(TokenBatch.leftPadded(List.of(Arrays.copyOf(row, 3)), 0), cache);
                for (int t = 3; t < row.length; t++) {
                    Tensor logits = model.head(model.step(Tensor.of(new int[] {row[t]}, 1, 1), cache));
                    double difference = logits.squeeze(1)
                            .minus(whole.select(1, t))
                            .abs()
                            .max()
                            .item();
                    assertThat(difference).as("token %d", t).isLessThanOrEqualTo(TOLERANCE);
                }
            }
        }
    }
}
