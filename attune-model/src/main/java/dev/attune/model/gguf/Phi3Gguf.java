package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Phi-3 and Phi-4: fused projections, partial rotation, and longrope with its factors as two tensors. */
final class Phi3Gguf implements GgufFamily {
    private static final String LONG = "rope_factors_long.weight";
    private static final String SHORT = "rope_factors_short.weight";

    private static final StandardNames NAMES =
            StandardNames.LLAMA.with(Map.of("self_attn.qkv_proj", "attn_qkv", "mlp.gate_up_proj", "ffn_up"));

    @Override
    public String modelType() {
        return "phi3";
    }

    @Override
    public String architecture() {
        return "phi3";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        return NAMES.of(name);
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.SILU);
        Requirements.usualHeads(config);
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        metadata.put(keys.key(DecoderKeys.WINDOW), config.attention().window(0)); // 0: no window
        Rope rope = Objects.requireNonNull(config.rope());
        new RopeKeys(keys).writeBase(rope);
        if (rope.scaling() instanceof RopeScaling.LongRope scaling) {
            new RopeKeys(keys).writeLongRope(scaling);
        }
    }

    @Override
    public Map<String, Tensor> derived(ModelConfig config) {
        var rope = Objects.requireNonNull(config.rope());
        return rope.scaling() instanceof RopeScaling.LongRope scaling
                ? Map.of(LONG, tensor(scaling.longFactors()), SHORT, tensor(scaling.shortFactors()))
                : Map.of();
    }

    private static Tensor tensor(List<Double> factors) {
        return Tensor.of(factors.stream().mapToDouble(Double::doubleValue).toArray(), factors.size())
                .toFloat();
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = keys.read(this, "Phi3ForCausalLM");
        Integer window = file.metadata().natural(keys.key(DecoderKeys.WINDOW));
        if (window == null || window == 0) {
            json.putNull("sliding_window");
        } else {
            json.put("sliding_window", window);
        }
        RopeKeys rope = new RopeKeys(keys);
        ObjectNode parameters = rope.readBase(json);
        if (file.tensors().containsKey(LONG)) {
            rope.readLongRope(parameters, factors(file, SHORT), factors(file, LONG));
            json.set("original_max_position_embeddings", parameters.get("original_max_position_embeddings"));
        } else {
            json.put("original_max_position_embeddings", keys.count(DecoderKeys.CONTEXT));
        }
        return json;
    }

    /** Shortest decimals, as they stand in a configuration. */
    private static List<Double> factors(GgufFile file, String name) {
        try (Scope scope = Scope.open()) {
            double[] factors = file.read(name).toDoubles();
            return Arrays.stream(factors)
                    .mapToObj(factor -> Double.valueOf(Float.toString((float) factor)))
                    .toList();
        }
    }
}
