package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** GPT-2: learned positions, layer norms, matrices transposed. */
final class Gpt2Gguf implements GgufFamily {
    private static final StandardNames NAMES = new StandardNames(
            "transformer.h.",
            Map.of(
                    "transformer.wte", "token_embd",
                    "transformer.wpe", "position_embd",
                    "transformer.ln_f", "output_norm",
                    "lm_head", "output"),
            Map.of(
                    "ln_1", "attn_norm",
                    "attn.c_attn", "attn_qkv",
                    "attn.c_proj", "attn_output",
                    "ln_2", "ffn_norm",
                    "mlp.c_fc", "ffn_up",
                    "mlp.c_proj", "ffn_down"));

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public String architecture() {
        return "gpt2";
    }

    /** llama.cpp of 2025 does not load a GPT-2 without it. */
    @Override
    public boolean repeatsTiedHead() {
        return true;
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        TensorName plain = NAMES.of(name);
        return name.matches(".*\\.c_(attn|proj|fc)\\.weight") ? plain.with(new Change.Transposed()) : plain;
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.GELU_TANH);
        double usual = 1 / Math.sqrt(config.attention().headDim());
        if (config.attention().scaleByLayer() || config.attention().scale() != usual) {
            throw Requirements.refusal(
                    config.attention().scaleByLayer() ? "scale_attn_by_inverse_layer_idx" : "scale_attn_weights",
                    "another scale of attention",
                    "1 / sqrt(head width) in every layer",
                    "use the Hugging Face directory");
        }
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.LAYER_EPSILON);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = DecoderKeys.start(this, "GPT2LMHeadModel");
        json.put("n_embd", keys.count(DecoderKeys.WIDTH));
        json.put("n_inner", keys.count(DecoderKeys.INNER));
        json.put("n_layer", keys.count(DecoderKeys.LAYERS));
        json.put("n_head", keys.count(DecoderKeys.HEADS));
        json.put("n_positions", keys.count(DecoderKeys.CONTEXT));
        json.put("layer_norm_epsilon", keys.number(DecoderKeys.LAYER_EPSILON, 1e-5));
        json.put("activation_function", "gelu_new");
        return json;
    }
}
