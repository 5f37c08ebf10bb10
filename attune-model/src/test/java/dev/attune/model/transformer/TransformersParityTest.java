package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits against those that transformers computed, over left- and right-padded rows. */
@Tag("shared")
class TransformersParityTest {
    private static final double TOLERANCE = 1e-4;

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
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            Checkpoint checkpoint = Checkpoint.read(Checkpoint.shared("tiny/" + name));
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
