package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.nio.file.Path;
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

    /** Checkpoints that attune-bench/peers/make_parity_fixtures.py made. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamic",
                "gemma2_uncapped",
                "gpt2_scaled",
                "gpt_neox_sequential",
                "linear",
                "llama3",
                "llama_biases",
                "phi3_longrope_long",
                "phi3_longrope_short",
                "qwen2_sliding",
                "qwen3_bias",
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
    @Test
    void scoresOfTheRewardModelEqualThoseOfTransformers() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Checkpoint.shared("tiny/llama_reward"));
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
}
