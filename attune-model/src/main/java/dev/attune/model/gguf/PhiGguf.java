package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Phi 1, 1.5 and 2: partial rotation, biases everywhere, also on the output projection. */
final class PhiGguf implements GgufFamily {
    private static final StandardNames NAMES = new StandardNames(
            "model.layers.",
            Map.of("model.embed_tokens", "token_embd", "model.final_layernorm", "output_norm", "lm_head", "output"),
            Map.of(
                    "input_layernorm", "attn_norm",
                    "self_attn.q_proj", "attn_q",
                    "self_attn.k_proj", "attn_k",
                    "self_attn.v_proj", "attn_v",
                    "self_attn.dense", "attn_output",
                    "mlp.fc1", "ffn_up",
                    "mlp.fc2", "ffn_down"));

    @Override
    public String modelType() {
        return "phi";
    }

    @Override
    public String architecture() {
        return "phi2";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return NAMES.of(name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.GELU_TANH);
        Requirements.noLlama3(config);
        Requirements.usualHeads(config);
        if (config.tied()) {
            throw Requirements.refusal(
                    "tie_word_embeddings",
                    "true",
                    "an output projection of its own, which readers require",
                    "use the Hugging Face directory");
        }
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.LAYER_EPSILON);
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "PhiForCausalLM");
        json.remove(java.util.List.of("rms_norm_eps", "head_dim"));
        json.put("layer_norm_eps", keys.number(DecoderKeys.LAYER_EPSILON, 1e-5));
        json.put("hidden_act", "gelu_new");
        new RopeKeys(keys).read(file, json);
        ObjectNode rope = (ObjectNode) json.path("rope_parameters");
        if (!rope.has("partial_rotary_factor")) {
            rope.put("partial_rotary_factor", 1.0); // the default of the family is a half
        }
        return json;
    }
}
