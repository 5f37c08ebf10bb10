package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** OLMo 2: norms behind attention and feed-forward, and over the whole projections of queries and keys. */
final class Olmo2Gguf implements GgufFamily {
    private static final StandardNames NAMES = StandardNames.LLAMA.with(
            Map.of("post_attention_layernorm", "post_attention_norm", "post_feedforward_layernorm", "post_ffw_norm"));

    @Override
    public String modelType() {
        return "olmo2";
    }

    @Override
    public String architecture() {
        return "olmo2";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return NAMES.of(name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.noAttentionBias(config);
        Requirements.noLlama3(config);
        Requirements.usualHeads(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "Olmo2ForCausalLM");
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
