package dev.attune.model.gguf;

import dev.attune.model.config.Attention;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Gemma 2 and 3 have in common. There is no key for {@code query_pre_attn_scalar}: readers take the width of a head,
 * and in the 27B models that of the stream by the heads.
 *
 * @param layersOf27b by which readers recognise the 27B model
 */
record GemmaReaders(int layersOf27b) {
    static final StandardNames NAMES = StandardNames.LLAMA.with(Map.of(
            "post_attention_layernorm", "post_attention_norm",
            "pre_feedforward_layernorm", "ffn_norm",
            "post_feedforward_layernorm", "post_ffw_norm"));

    /** What readers lack of the attention's scale. */
    double queryFactor(ModelConfig config) {
        Attention attention = config.attention();
        double scalar = scalar(config.layers(), config.width(), attention.heads(), attention.headDim());
        double factor = attention.scale() * Math.sqrt(scalar);
        return Math.abs(factor - 1) < 1e-12 ? 1 : factor;
    }

    private double scalar(int layers, int width, int heads, int headDim) {
        return layers == layersOf27b ? (double) width / heads : headDim;
    }

    /** The part of config.json that both have. */
    ObjectNode config(DecoderKeys keys, GgufFamily family, String architecture) {
        ObjectNode json = keys.read(family, architecture);
        json.remove("hidden_act");
        json.put("hidden_activation", "gelu_pytorch_tanh");
        json.put("attention_bias", false);
        json.put(
                "query_pre_attn_scalar",
                scalar(
                        keys.count(DecoderKeys.LAYERS),
                        keys.count(DecoderKeys.WIDTH),
                        keys.count(DecoderKeys.HEADS),
                        keys.headDim()));
        return json;
    }
}
