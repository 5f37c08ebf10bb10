package com.example.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One class and one line in META-INF/services make a family. */
class ToyFamilyTest {
    @TempDir
    Path dir;

    private static ModelConfig config(String more) {
        return ModelConfig.parse(
                "config.json",
                "{\"model_type\": \"toy\", \"vocab_size\": 32, \"hidden_size\": 16, \"intermediate_size\": 24,"
                        + " \"num_hidden_layers\": 2, \"num_attention_heads\": 2" + more + "}");
    }

    @Test
    void aFamilyOfAnotherPackageIsSavedAndLoaded() {
        try (CausalLm model = CausalLm.create(config(", \"branch_factor\": 0.5"), 3)) {
            Checkpoints.saveCausal(dir.resolve("toy"), model, null, DType.FLOAT32);
            assertThat(model.parameters().byName())
                    .containsKeys("model.layers.1.norm_1.bias", "model.layers.0.norm_2.weight")
                    .doesNotContainKey("model.layers.0.input_layernorm.weight");
            try (CausalLm loaded = Checkpoints.loadCausal(dir.resolve("toy"));
                    CausalLm whole = CausalLm.of(config(""), model.parameters().byName())) {
                assertThat(logits(loaded)).containsExactly(logits(model));
                assertThat(logits(whole)).isNotEqualTo(logits(model));
            }
        }
    }

    @Test
    void itsUnknownKeysAreRefusedLikeThoseOfOthers() {
        assertThatThrownBy(() -> config(", \"branch_divisor\": 2"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("branch_divisor")
                .hasMessageContaining("toy");
    }

    private static float[] logits(CausalLm model) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            return model.logits(TokenBatch.rightPadded(List.of(new int[] {3, 5, 7, 11}), 0))
                    .toFloats();
        }
    }
}
