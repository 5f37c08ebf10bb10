package dev.attune.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.Experts;
import dev.attune.model.config.Factors;
import dev.attune.model.config.Families;
import dev.attune.model.config.Family;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyConfigTest {
    private static final String SIZES = "'vocab_size': 256, 'hidden_size': 64, 'intermediate_size': 112,"
            + " 'num_hidden_layers': 8, 'num_attention_heads': 8";

    private static ModelConfig parse(String type, String more) {
        String json = "{'model_type': '" + type + "', " + SIZES + (more.isEmpty() ? "" : ", ") + more + "}";
        return ModelConfig.parse("config.json", json.replace('\'', '"'));
    }

    private static ModelConfig shared(String name) {
        return ModelConfig.read(
                Path.of(System.getProperty("attune.shared"), "models", "families", name, "config.json"));
    }

    @Test
    void everyFamilyIsFoundByItsModelType() {
        assertThat(Families.all())
                .extracting(Family::modelType)
                .containsSubsequence(
                        "gpt2",
                        "gpt_neox",
                        "llama",
                        "mistral",
                        "qwen2",
                        "qwen3",
                        "gemma2",
                        "phi3",
                        "gemma3_text",
                        "smollm3",
                        "olmo2",
                        "granite",
                        "phi",
                        "mixtral",
                        "qwen3_moe");
    }

    @Test
    @Tag("shared")
    void gemma3HasItsOwnScaleAndTwoKindsOfLayers() {
        ModelConfig config = shared("gemma3_text");

        assertThat(config.attention().headDim()).isEqualTo(24);
        assertThat(config.attention().scale(0)).isEqualTo(0.0625);
        assertThat(config.attention().windows()).containsExactly(8, 8, 8, 8, 8, 0, 8);
        assertThat(config.architecture().ropes().of(0)).isEqualTo(new Rope(10_000, 24, new RopeScaling.None()));
        assertThat(config.architecture().ropes().of(5)).isEqualTo(new Rope(1_000_000, 24, new RopeScaling.None()));
        assertThat(config.architecture().factors()).isEqualTo(new Factors(8, 1, 1));
    }

    @Test
    void gemma3OfTransformersFourScalesOnlyFullLayers() {
        ModelConfig config = parse(
                "gemma3_text",
                "'sliding_window_pattern': 4, 'sliding_window': 16, 'rope_local_base_freq': 5000.0, 'rope_theta': 70000.0,"
                        + "'head_dim': 16, 'rope_scaling': {'rope_type': 'linear', 'factor': 8.0}");

        Rope sliding = new Rope(5000, 16, new RopeScaling.None());
        Rope full = new Rope(70_000, 16, new RopeScaling.Linear(8));
        assertThat(config.attention().windows()).containsExactly(16, 16, 16, 0, 16, 16, 16, 0);
        assertThat(config.architecture().ropes().byLayer())
                .isEqualTo(List.of(sliding, sliding, sliding, full, sliding, sliding, sliding, full).stream()
                        .map(Optional::of)
                        .toList());
    }

    @Test
    void gemma3IsWrittenForTransformersFourToo() {
        ModelConfig config = parse(
                "gemma3_text",
                "'rope_parameters': {'full_attention': {'rope_type': 'linear', 'factor': 8.0, 'rope_theta': 70000.0},"
                        + "'sliding_attention': {'rope_type': 'default', 'rope_theta': 5000.0}}");

        String json = config.toJson("float32");
        assertThat(json)
                .contains("\"rope_local_base_freq\" : 5000.0")
                .contains("\"rope_theta\" : 70000.0,")
                .contains("\"rope_scaling\"");
        assertThat(ModelConfig.parse("config.json", json).architecture()).isEqualTo(config.architecture());
        assertThat(ModelConfig.parse("config.json", json.replace("rope_parameters", "transformers.js_config"))
                        .architecture())
                .isEqualTo(config.architecture());
    }

    @Test
    void aOneInNoRopeLayersMeansThatTheLayerRotates() {
        ModelConfig config = parse("smollm3", "'no_rope_layers': [1, 1, 1, 0, 1, 1, 0, 0]");

        assertThat(config.architecture().ropes().byLayer().stream().map(Optional::isPresent))
                .containsExactly(true, true, true, false, true, true, false, false);
        assertThat(parse("smollm3", "").architecture().ropes().byLayer().stream()
                        .map(Optional::isPresent))
                .containsExactly(true, true, true, false, true, true, true, false);
        assertThat(config.withLayers(4).architecture().ropes().of(3)).isNull();
    }

    @Test
    void windowsOfSmolLm3ApplyToLayersWithoutRotation() {
        assertThat(parse("smollm3", "'use_sliding_window': true, 'sliding_window': 9")
                        .attention()
                        .windows())
                .containsExactly(0, 0, 0, 9, 0, 0, 0, 9);
        assertThat(parse("smollm3", "'sliding_window': 9, 'max_window_layers': 28")
                        .attention()
                        .windows())
                .containsOnly(0);
    }

    @Test
    @Tag("shared")
    void graniteReplacesTheScaleOfAttention() {
        ModelConfig config = shared("granite");

        assertThat(config.attention().scale(0)).isEqualTo(0.1);
        assertThat(config.architecture().factors()).isEqualTo(new Factors(6, 0.4, 2));
        assertThat(parse("granite", "").attention().scale(0)).isEqualTo(1);
    }

    @Test
    void phiRotatesTheRoundedDownPartOfAHead() {
        Rope half = Objects.requireNonNull(parse("phi", "").rope());
        Rope part = Objects.requireNonNull(
                parse("phi", "'partial_rotary_factor': 0.8").rope());

        assertThat(half.rotaryDim()).isEqualTo(4);
        assertThat(part.rotaryDim()).isEqualTo(6);
    }

    @Test
    @Tag("shared")
    void expertsAreReadUnderEitherName() {
        Experts experts = Objects.requireNonNull(shared("qwen3_moe").mlp().experts());
        Experts older = Objects.requireNonNull(parse(
                        "qwen3_moe",
                        "'num_key_value_heads': 4, 'num_experts': 6, 'num_experts_per_tok': 3, 'mlp_only_layers': [5],"
                                + " 'decoder_sparse_step': 2, 'moe_intermediate_size': 40, 'output_router_logits': true")
                .mlp()
                .experts());

        assertThat(experts).isEqualTo(new Experts(4, 2, 48, true, 0, List.of(true, true, true)));
        assertThat(older)
                .isEqualTo(new Experts(
                        6, 3, 40, false, 0.001, List.of(false, true, false, true, false, false, false, true)));
        assertThat(shared("qwen3_moe").toJson("float32")).contains("\"num_experts\" : 4");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "64.0, 'attention_factor': 1.0, 1.0",
                "64.0, 'truncate': true, 1.41589",
                "4.0, 'truncate': true, 1.13863",
            })
    void anExplicitAttentionFactorOfYarnIsFinal(String factor, String more, double expected) {
        ModelConfig config = parse(
                "llama",
                "'max_position_embeddings': 128, 'rope_scaling': {'type': 'yarn', 'original_max_position_embeddings': 32,"
                        + "'factor': " + factor + ", " + more + "}");

        RopeScaling.Yarn yarn =
                (RopeScaling.Yarn) Objects.requireNonNull(config.rope()).scaling();
        assertThat(yarn.attentionFactor()).isCloseTo(expected, within(1e-5));
        assertThat(yarn.factor()).isEqualTo(Double.parseDouble(factor));
    }

    @Test
    void equalMscalesOfYarnGiveOne() {
        ModelConfig config = parse(
                "llama",
                "'rope_parameters': {'rope_type': 'yarn', 'original_max_position_embeddings': 32, 'factor': 40.0,"
                        + "'mscale': 1.0, 'mscale_all_dim': 1.0}");

        RopeScaling.Yarn yarn =
                (RopeScaling.Yarn) Objects.requireNonNull(config.rope()).scaling();
        assertThat(yarn.attentionFactor()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gemma3_text | 'attn_logit_softcapping': 50.0 | attn_logit_softcapping",
                "gemma3_text | 'use_bidirectional_attention': true | use_bidirectional_attention",
                "gemma3_text | 'rope_parameters': {'rope_type': 'default'} | rope_parameters",
                "gemma3_text | 'partial_rotary_factor': 0.5 | partial_rotary_factor",
                "gemma3_text | 'layer_types': ['full_attention'] | layer_types",
                "smollm3 | 'no_rope_layers': [1, 0] | no_rope_layers",
                "smollm3 | 'no_rope_layers': [1, 1, 1, 2, 1, 1, 1, 0] | no_rope_layers",
                "olmo2 | 'clip_qkv': 8.0 | clip_qkv",
                "olmo2 | 'sliding_window': 8 | sliding_window",
                "granite | 'logits_scaling': 0 | logits_scaling",
                "granite | 'num_local_experts': 4 | num_local_experts",
                "llama | 'residual_multiplier': 0.5 | residual_multiplier",
                "phi | 'partial_rotary_factor': 0.4 | partial_rotary_factor",
                "phi | 'rms_norm_eps': 1e-6 | rms_norm_eps",
                "mixtral | 'num_local_experts': 2, 'num_experts_per_tok': 3 | num_experts_per_tok",
                "mixtral | 'num_local_experts': 2, 'num_experts': 3 | num_experts",
                "mixtral | 'norm_topk_prob': true | norm_topk_prob",
                "qwen3_moe | 'num_key_value_heads': 4, 'shared_expert_intermediate_size': 4 | shared_expert_intermediate_size",
                "qwen3_moe | 'num_key_value_heads': 4, 'mlp_only_layers': ['one'] | mlp_only_layers",
                "llama | 'rope_parameters': {'type': 'linear', 'rope_type': 'yarn', 'factor': 2.0} | rope_type",
            })
    void refusesByName(String type, String addition, String named) {
        assertThatThrownBy(() -> parse(type, addition))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("key " + named)
                .hasMessageContaining("config.json");
    }
}
