package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** SmolLM3: a Llama without rotary embeddings in some layers. There is no key for these; readers take every fourth. */
final class SmolLm3Gguf implements GgufFamily {
    private static final int INTERVAL = 4;

    @Override
    public String modelType() {
        return "smollm3";
    }

    @Override
    public String architecture() {
        return "smollm3";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return StandardNames.paired(config, name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.noAttentionBias(config);
        Requirements.wholeRotation(config);
        Requirements.noLlama3(config);
        for (int layer = 0; layer < config.layers(); layer++) {
            if ((config.architecture().ropes().of(layer) != null) != rotates(layer)) {
                throw Requirements.refusal(
                        "no_rope_layers",
                        "layer " + layer + " with another setting",
                        "rotary embeddings in all layers but every fourth",
                        "use the Hugging Face directory");
            }
        }
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        new RopeKeys(keys).write(config);
    }

    private static boolean rotates(int layer) {
        return (layer + 1) % INTERVAL != 0;
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "SmolLM3ForCausalLM");
        json.put("no_rope_layer_interval", INTERVAL);
        ArrayNode layers = json.putArray("no_rope_layers");
        for (int layer = 0; layer < keys.count(DecoderKeys.LAYERS); layer++) {
            layers.add(rotates(layer) ? 1 : 0);
        }
        json.put("use_sliding_window", false);
        json.putNull("sliding_window");
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
