package dev.attune.model.gguf;

import dev.attune.model.config.ModelConfig;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of weights in Hugging Face and their names in GGUF; weight and bias have the same suffix in both. */
final class StandardNames {
    private static final Pattern LAYER = Pattern.compile("(\\d+)\\.(.+)\\.(weight|bias)");

    /** The names that Llama and most families after it have. */
    static final StandardNames LLAMA = new StandardNames(
            "model.layers.",
            Map.of("model.embed_tokens", "token_embd", "model.norm", "output_norm", "lm_head", "output"),
            Map.ofEntries(
                    Map.entry("input_layernorm", "attn_norm"),
                    Map.entry("self_attn.q_proj", "attn_q"),
                    Map.entry("self_attn.k_proj", "attn_k"),
                    Map.entry("self_attn.v_proj", "attn_v"),
                    Map.entry("self_attn.o_proj", "attn_output"),
                    Map.entry("self_attn.q_norm", "attn_q_norm"),
                    Map.entry("self_attn.k_norm", "attn_k_norm"),
                    Map.entry("post_attention_layernorm", "ffn_norm"),
                    Map.entry("mlp.gate_proj", "ffn_gate"),
                    Map.entry("mlp.up_proj", "ffn_up"),
                    Map.entry("mlp.down_proj", "ffn_down")));

    private final String layerPrefix;
    private final Map<String, String> single;
    private final Map<String, String> ofLayer;

    StandardNames(String layerPrefix, Map<String, String> single, Map<String, String> ofLayer) {
        this.layerPrefix = layerPrefix;
        this.single = single;
        this.ofLayer = ofLayer;
    }

    /** The place of a weight in an architecture with Llama's names, and rows of queries and keys in pairs. */
    static TensorName paired(ModelConfig config, String name) {
        TensorName plain = LLAMA.of(name);
        if (name.contains("self_attn.q_proj.")) {
            return plain.with(new Change.PairedRows(config.attention().heads()));
        }
        return name.contains("self_attn.k_proj.")
                ? plain.with(new Change.PairedRows(config.attention().kvHeads()))
                : plain;
    }

    /** These names, with others for some parts of a layer. */
    StandardNames with(Map<String, String> others) {
        var all = new java.util.HashMap<>(ofLayer);
        all.putAll(others);
        return new StandardNames(layerPrefix, single, Map.copyOf(all));
    }

    /** The name in GGUF. */
    TensorName of(String name) {
        String gguf = null;
        if (name.startsWith(layerPrefix)) {
            Matcher layer = LAYER.matcher(name.substring(layerPrefix.length()));
            String part = layer.matches() ? ofLayer.get(layer.group(2)) : null;
            gguf = part == null ? null : "blk." + layer.group(1) + "." + part + "." + layer.group(3);
        } else {
            int dot = name.lastIndexOf('.');
            String part = single.get(name.substring(0, dot));
            gguf = part == null ? null : part + name.substring(dot);
        }
        if (gguf == null) {
            throw Requirements.refusal(
                    name,
                    "a weight without a name in GGUF",
                    "the weights of its family",
                    "use the Hugging Face directory");
        }
        return TensorName.whole(gguf, Change.NONE);
    }
}
