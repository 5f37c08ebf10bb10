package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import tools.jackson.databind.node.ObjectNode;

/** Qwen 2 and 2.5: biases on query, key and value. */
final class Qwen2Gguf implements GgufFamily {
    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public String architecture() {
        return "qwen2";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return StandardNames.LLAMA.of(name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.noLlama3(config);
        Requirements.usualHeads(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "Qwen2ForCausalLM");
        json.put("use_sliding_window", false);
        json.putNull("sliding_window");
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
