package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * GPT-NeoX and Pythia: query, key and value in one projection, head by head in Hugging Face. The activation function is
 * GELU; llama.cpp computes its approximation with tanh, with differences of about 1e-3 in the logits.
 */
final class GptNeoxGguf implements GgufFamily {
    private static final StandardNames NAMES = new StandardNames(
            "gpt_neox.layers.",
            Map.of(
                    "gpt_neox.embed_in", "token_embd",
                    "gpt_neox.final_layer_norm", "output_norm",
                    "embed_out", "output"),
            Map.of(
                    "input_layernorm", "attn_norm",
                    "attention.query_key_value", "attn_qkv",
                    "attention.dense", "attn_output",
                    "post_attention_layernorm", "ffn_norm",
                    "mlp.dense_h_to_4h", "ffn_up",
                    "mlp.dense_4h_to_h", "ffn_down"));

    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public String architecture() {
        return "gptneox";
    }

    @Override
    public boolean repeatsTiedHead() {
        return true;
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        TensorName plain = NAMES.of(name);
        return name.contains("query_key_value")
                ? plain.with(new Change.GroupedByProjection(config.attention().heads()))
                : plain;
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.GELU);
        if (!config.attention().qkvBias()) {
            throw Requirements.refusal(
                    "attention_bias",
                    "false",
                    "true, because readers require the biases",
                    "use the Hugging Face directory");
        }
        Requirements.noLlama3(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.LAYER_EPSILON);
        metadata.put(keys.key("use_parallel_residual"), config.spec().parallel());
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "GPTNeoXForCausalLM");
        json.remove(java.util.List.of("num_key_value_heads", "head_dim", "rms_norm_eps"));
        json.put("layer_norm_eps", keys.number(DecoderKeys.LAYER_EPSILON, 1e-5));
        json.put("hidden_act", "gelu");
        json.put("use_parallel_residual", file.metadata().flag(keys.key("use_parallel_residual"), true));
        new RopeKeys(keys).read(file, json);
        ObjectNode rope = (ObjectNode) Objects.requireNonNull(json.get("rope_parameters"));
        if (!rope.has("partial_rotary_factor")) {
            rope.put("partial_rotary_factor", 1.0); // the default of the family is a quarter
        }
        return json;
    }
}
