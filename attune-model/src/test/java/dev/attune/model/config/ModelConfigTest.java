package dev.attune.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepAggregation;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final String LLAMA = "\"model_type\": \"llama\", \"vocab_size\": 256, \"hidden_size\": 64,"
            + "\"intermediate_size\": 112, \"num_hidden_layers\": 3, \"num_attention_heads\": 4";

    private static ModelConfig llama(String more) {
        return ModelConfig.parse("config.json", "{" + LLAMA + (more.isEmpty() ? "" : ", ") + more + "}");
    }

    private static ModelConfig parse(String json) {
        return ModelConfig.parse("config.json", json);
    }

    @Test
    void readsRopeOfTransformersFour() {
        ModelConfig config = llama("\"rope_theta\": 500000.0, \"max_position_embeddings\": 131072, \"rope_scaling\":"
                + "{\"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                + " \"original_max_position_embeddings\": 8192, \"rope_type\": \"llama3\"}");

        assertThat(config.rope()).isEqualTo(new Rope(500_000, 16, new RopeScaling.Llama3(8, 1, 4, 8192)));
    }

    @Test
    void readsRopeOfTransformersFive() {
        ModelConfig config =
                llama("\"rope_parameters\": {\"rope_type\": \"linear\", \"factor\": 2.0, \"rope_theta\": 12345.0}");

        assertThat(config.rope()).isEqualTo(new Rope(12345, 16, new RopeScaling.Linear(2)));
    }

    @Test
    void derivesTheAttentionFactorOfYarn() {
        ModelConfig config = llama("\"max_position_embeddings\": 128, \"rope_scaling\":"
                + "{\"type\": \"yarn\", \"factor\": 4.0, \"original_max_position_embeddings\": 32}");

        RopeScaling.Yarn yarn = (RopeScaling.Yarn)
                java.util.Objects.requireNonNull(config.rope()).scaling();
        assertThat(yarn.attentionFactor()).isCloseTo(0.1 * Math.log(4) + 1, within(1e-12));
        assertThat(yarn.betaFast()).isEqualTo(32);
        assertThat(yarn.betaSlow()).isEqualTo(1);
        assertThat(yarn.truncate()).isTrue();
    }

    @Test
    void phi3CallsLongRopeSuToo() {
        ModelConfig config = parse(
                "{\"model_type\": \"phi3\", \"vocab_size\": 256, \"hidden_size\": 16,"
                        + "\"intermediate_size\": 32, \"num_hidden_layers\": 1, \"num_attention_heads\": 2,"
                        + "\"max_position_embeddings\": 128, \"original_max_position_embeddings\": 32, \"pad_token_id\": 0,"
                        + "\"rope_scaling\": {\"type\": \"su\", \"short_factor\": [1, 1, 1, 1], \"long_factor\": [2, 2, 2, 2]}}");

        RopeScaling.LongRope rope = (RopeScaling.LongRope)
                java.util.Objects.requireNonNull(config.rope()).scaling();
        assertThat(rope.originalPositions()).isEqualTo(32);
        assertThat(rope.attentionFactor()).isCloseTo(Math.sqrt(1 + Math.log(4) / Math.log(32)), within(1e-12));
    }

    @Test
    void mistralWithoutTheKeySlidesOver4096() {
        String mistral =
                "{\"model_type\": \"mistral\", \"vocab_size\": 256, \"hidden_size\": 64, \"num_hidden_layers\": 2,"
                        + "\"intermediate_size\": 112, \"num_attention_heads\": 8%s}";

        assertThat(parse(mistral.formatted("")).attention().windows()).containsExactly(4096, 4096);
        assertThat(parse(mistral.formatted(", \"sliding_window\": null"))
                        .attention()
                        .windows())
                .containsExactly(0, 0);
    }

    @Test
    void qwenSlidesOnlyFromTheGivenLayer() {
        ModelConfig config = parse("{\"model_type\": \"qwen2\", \"vocab_size\": 256, \"hidden_size\": 64,"
                + "\"num_hidden_layers\": 3, \"intermediate_size\": 112, \"num_attention_heads\": 4,"
                + "\"num_key_value_heads\": 2, \"use_sliding_window\": true, \"sliding_window\": 8,"
                + "\"max_window_layers\": 2}");

        assertThat(config.attention().windows()).containsExactly(0, 0, 8);
        assertThat(config.attention().qkvBias()).isTrue();
        assertThat(config.attention().outputBias()).isFalse();
    }

    @Test
    void gpt2ScalesByLayerWhereAsked() {
        ModelConfig config = parse("{\"model_type\": \"gpt2\", \"vocab_size\": 256, \"n_embd\": 64, \"n_layer\": 2,"
                + "\"n_head\": 4, \"n_positions\": 32, \"scale_attn_by_inverse_layer_idx\": true}");

        assertThat(config.attention().scale(0)).isEqualTo(0.25);
        assertThat(config.attention().scale(1)).isEqualTo(0.125);
        assertThat(config.mlp().width()).isEqualTo(256);
        assertThat(config.rope()).isNull();
        assertThat(config.tied()).isTrue();
        assertThat(config.tokens().eos()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rope_scaling\": {\"rope_type\": \"proportional\"} | proportional",
                "\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\": 2, \"mrope_section\": [1]} | mrope_section",
                "\"quantization_config\": {\"bits\": 4} | quantization_config",
                "\"logit_scale\": 0.5 | logit_scale",
                "\"partial_rotary_factor\": 0.5 | partial_rotary_factor",
                "\"hidden_act\": \"quick_gelu\" | quick_gelu",
                "\"architectures\": [\"LlamaModel\"] | architectures",
                "\"architectures\": [\"LlamaForSequenceClassification\"] | num_labels",
                "\"num_key_value_heads\": 3 | num_key_value_heads",
                "\"pad_token_id\": 256 | pad_token_id",
                "\"eos_token_id\": \"two\" | eos_token_id",
                "\"tie_word_embeddings\": \"yes\" | tie_word_embeddings",
                "\"num_hidden_layers\": 3 | not JSON",
            })
    void refusesByName(String addition, String named) {
        assertThatThrownBy(() -> llama(addition))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("config.json");
    }

    @Test
    void transformersFourIsToldTheSameAsFive() {
        ModelConfig config = llama("\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 500000.0,"
                + "\"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                + " \"original_max_position_embeddings\": 64}");

        String json = config.toJson("float32");
        assertThat(json).contains("\"rope_scaling\"").contains("\"rope_theta\" : 500000.0");
        assertThat(parse(json).rope()).isEqualTo(config.rope());
        assertThat(parse(json.replace("rope_parameters", "transformers.js_config"))
                        .rope())
                .isEqualTo(config.rope());
    }

    @Test
    void unknownKeysThatSayNothingPass() {
        assertThat(llama("\"logit_scale\": null, \"some_new_trick\": false, \"extras\": {}")
                        .width())
                .isEqualTo(64);
    }

    @Test
    void anUnknownArchitectureIsRefusedByName() {
        assertThatThrownBy(() -> parse("{\"model_type\": \"mamba\"}"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'mamba'")
                .hasMessageContaining("gpt2, gpt_neox, llama");
    }

    @Test
    void aRewardModelIsWrittenWithEverythingTransformersNeeds() {
        ModelConfig reward = ModelConfig.llama().tokens(1, 2, null).build().asReward(0, -1.25);

        String json = reward.toJson("bfloat16");
        assertThat(json)
                .contains("\"LlamaForSequenceClassification\"")
                .contains("\"pad_token_id\" : 0")
                .contains("\"dtype\" : \"bfloat16\"")
                .contains("\"LABEL_0\"");
        ModelConfig again = parse(json);
        assertThat(again.reward()).isEqualTo(new RewardHead(-1.25, RewardPooling.LAST, null));
        assertThat(again.asCausal().isReward()).isFalse();
        assertThat(again.asCausal().toJson("float32")).doesNotContain("LABEL_0").doesNotContain("reward_bias");
    }

    @Test
    void aProcessRewardModelKeepsHowItReadsSteps() {
        StepReading steps = new StepReading(" ки\n", StepAggregation.PRODUCT);
        ModelConfig process =
                ModelConfig.llama().tokens(1, 2, null).build().asReward(0, 0).withSteps(steps);
        String json = process.toJson("float32");
        ModelConfig again = parse(json);
        assertThat(again.reward()).isEqualTo(new RewardHead(0, RewardPooling.LAST, steps));
        assertThat(again.asReward(0, 1).reward()).isEqualTo(new RewardHead(1, RewardPooling.LAST, steps));
        assertThat(again.withSteps(null).reward()).isEqualTo(new RewardHead(0, RewardPooling.LAST, null));
        assertThat(again.asCausal().toJson("float32")).doesNotContain("reward_step");
        assertThatThrownBy(() -> parse(json.replace("\"product\"", "\"mean\"")))
                .hasMessageContaining("reward_step_aggregation")
                .hasMessageContaining("min, product or last");
        assertThatThrownBy(() -> again.withPooling(RewardPooling.MEAN)).hasMessageContaining("reward_step_mark");
    }

    @ParameterizedTest
    @Tag("shared")
    @CsvSource({
        "gpt2, gpt2",
        "gpt_neox, gpt_neox",
        "llama, llama",
        "llama3_rope_tied, llama",
        "mistral, mistral",
        "mistral_sliding, mistral",
        "qwen2, qwen2",
        "qwen3, qwen3",
        "gemma2, gemma2",
        "phi3, phi3"
    })
    void readsEveryFamily(String directory, String family) {
        ModelConfig config = ModelConfig.read(
                Path.of(System.getProperty("attune.shared"), "models", "tiny", directory, "config.json"));

        assertThat(config.family().modelType()).isEqualTo(family);
        assertThat(config.width()).isEqualTo(64);
        assertThat(config.layers()).isEqualTo(3);
        assertThat(config.tokens().eos()).containsExactly(2);
        assertThat(config.isReward()).isFalse();
        ModelConfig again = parse(config.toJson("float32"));
        assertThat(again.attention()).isEqualTo(config.attention());
        assertThat(again.rope()).isEqualTo(config.rope());
    }

    @Test
    @Tag("shared")
    void readsARewardModel() {
        ModelConfig config = ModelConfig.read(
                Path.of(System.getProperty("attune.shared"), "models", "tiny", "llama_reward", "config.json"));

        assertThat(config.reward()).isEqualTo(new RewardHead(0, RewardPooling.LAST, null));
    }

    @Test
    @Tag("shared")
    void readsTheDetailsOfGemma() {
        ModelConfig config = ModelConfig.read(
                Path.of(System.getProperty("attune.shared"), "models", "tiny", "gemma2", "config.json"));

        assertThat(config.attention().windows()).containsExactly(8, 0, 8);
        assertThat(config.attention().scale(0)).isEqualTo(1.0 / 16);
        assertThat(config.attention().softcap()).isEqualTo(50);
        assertThat(config.logitSoftcap()).isEqualTo(30);
        assertThat(config.attention().headDim()).isEqualTo(24);
    }
}
