package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Qwen 3 with experts in every layer; readers divide the chosen probabilities by their sum. */
final class Qwen3MoeGguf implements GgufFamily {
    private static final ExpertNames EXPERTS = new ExpertNames(
            "mlp", Map.of("gate_proj", "ffn_gate_exps", "down_proj", "ffn_down_exps", "up_proj", "ffn_up_exps"));

    @Override
    public String modelType() {
        return "qwen3_moe";
    }

    @Override
    public String architecture() {
        return "qwen3moe";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return EXPERTS.of(name).orElseGet(() -> StandardNames.LLAMA.of(name));
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.noWindow(config);
        Requirements.noAttentionBias(config);
        Requirements.noLlama3(config);
        Experts experts = Objects.requireNonNull(config.mlp().experts());
        Requirements.expertsEverywhere(experts);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        keys.writeExperts(experts);
        metadata.put(keys.key(DecoderKeys.EXPERT_WIDTH), experts.width());
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "Qwen3MoeForCausalLM");
        json.put("num_experts", keys.count(DecoderKeys.EXPERTS));
        json.put("num_experts_per_tok", keys.count(DecoderKeys.EXPERTS_USED));
        json.put("moe_intermediate_size", keys.count(DecoderKeys.EXPERT_WIDTH));
        json.put("norm_topk_prob", true);
        json.put("decoder_sparse_step", 1);
        json.putArray("mlp_only_layers");
        json.put("attention_bias", false);
        json.put("use_sliding_window", false);
        json.putNull("sliding_window");
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
