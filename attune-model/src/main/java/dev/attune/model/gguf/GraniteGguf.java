package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.Factors;
import dev.attune.model.config.ModelConfig;
import tools.jackson.databind.node.ObjectNode;

/** Granite: a Llama with four factors, each with a key. */
final class GraniteGguf implements GgufFamily {
    private static final String ATTENTION = "attention.scale";
    private static final String EMBEDDING = "embedding_scale";
    private static final String RESIDUAL = "residual_scale";
    private static final String LOGITS = "logit_scale";

    @Override
    public String modelType() {
        return "granite";
    }

    @Override
    public String architecture() {
        return "granite";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return StandardNames.paired(config, name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.wholeRotation(config);
        Requirements.noLlama3(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        Factors factors = config.architecture().factors();
        metadata.put(keys.key(ATTENTION), config.attention().scale());
        metadata.put(keys.key(EMBEDDING), factors.embedding());
        metadata.put(keys.key(RESIDUAL), factors.residual());
        metadata.put(keys.key(LOGITS), factors.logitDivisor());
        new RopeKeys(keys).write(config);
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "GraniteForCausalLM");
        json.put("attention_multiplier", keys.number(ATTENTION, 1 / Math.sqrt(keys.headDim())));
        json.put("embedding_multiplier", keys.number(EMBEDDING, 1));
        json.put("residual_multiplier", keys.number(RESIDUAL, 1));
        json.put("logits_scaling", keys.number(LOGITS, 1));
        json.put("attention_bias", file.tensors().containsKey("blk.0.attn_q.bias"));
        json.put("mlp_bias", file.tensors().containsKey("blk.0.ffn_up.bias"));
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
