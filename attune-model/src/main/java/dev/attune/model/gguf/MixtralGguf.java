package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Mixtral, written as a Llama with experts. */
final class MixtralGguf implements GgufFamily {
    private static final ExpertNames EXPERTS = new ExpertNames(
            "block_sparse_moe", Map.of("w1", "ffn_gate_exps", "w2", "ffn_down_exps", "w3", "ffn_up_exps"));

    @Override
    public String modelType() {
        return "mixtral";
    }

    @Override
    public String architecture() {
        return "llama";
    }

    @Override
    public boolean reads(Metadata metadata) {
        return GgufFamily.super.reads(metadata) && metadata.has("llama.expert_count");
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return EXPERTS.of(name).orElseGet(() -> StandardNames.paired(config, name));
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.wholeRotation(config);
        Requirements.noLlama3(config);
        Experts experts = Objects.requireNonNull(config.mlp().experts());
        Requirements.expertsEverywhere(experts);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        keys.writeExperts(experts);
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "MixtralForCausalLM");
        json.put("num_local_experts", keys.count(DecoderKeys.EXPERTS));
        json.put("num_experts_per_tok", keys.count(DecoderKeys.EXPERTS_USED));
        json.putNull("sliding_window");
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
