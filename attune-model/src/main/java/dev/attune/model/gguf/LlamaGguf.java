package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.RopeScaling;
import dev.attune.model.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Llama: query and key rows in pairs, llama3 scaling as a tensor. */
class LlamaGguf implements GgufFamily {
    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public final String architecture() {
        return "llama";
    }

    /** Mixtral has the same architecture, with experts. */
    @Override
    public boolean reads(Metadata metadata) {
        return GgufFamily.super.reads(metadata) && !metadata.has("llama.expert_count");
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return StandardNames.paired(config, name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.wholeRotation(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        new RopeKeys(keys).write(config);
    }

    @Override
    public Map<String, Tensor> derived(ModelConfig config) {
        var rope = Objects.requireNonNull(config.rope());
        return rope.scaling() instanceof RopeScaling.Llama3 llama3
                ? Map.of(FrequencyFactors.NAME, FrequencyFactors.tensor(rope, llama3))
                : Map.of();
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "LlamaForCausalLM");
        json.put("attention_bias", file.tensors().containsKey("blk.0.attn_q.bias"));
        json.put("mlp_bias", file.tensors().containsKey("blk.0.ffn_up.bias"));
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
