package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.config.Rope;
import dev.attune.model.config.RopeScaling;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemma 3, text only: norms stored plus one, a window in five of six layers, whose rotary base is 10,000. There is no
 * key for {@code query_pre_attn_scalar}: readers take the width of a head, and the difference is multiplied into the
 * norms of the queries, which are float32 in every type.
 */
final class Gemma3Gguf implements GgufFamily {
    private static final int PATTERN = 6;
    private static final double LOCAL_BASE = 10_000;

    private static final GemmaReaders READERS = new GemmaReaders(62);

    @Override
    public String modelType() {
        return "gemma3_text";
    }

    @Override
    public String architecture() {
        return "gemma3";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        TensorName plain = GemmaReaders.NAMES.of(name);
        if (name.endsWith("self_attn.q_norm.weight")) {
            return plain.with(new Change.PlusOneTimes(READERS.queryFactor(config)));
        }
        return plain.gguf().endsWith("norm.weight") ? plain.with(new Change.PlusOne()) : plain;
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.GELU_TANH);
        Requirements.noAttentionBias(config);
        Requirements.tied(config);
        if (config.logitSoftcap() != null) {
            throw Requirements.refusal(
                    "final_logit_softcapping",
                    "" + config.logitSoftcap(),
                    "null, because readers of Gemma 3 do not cap logits",
                    "use the Hugging Face directory");
        }
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        metadata.put(keys.key(DecoderKeys.WINDOW), window(config));
        Rope full = requireRopes(config);
        RopeKeys rope = new RopeKeys(keys);
        rope.writeBase(full);
        if (full.scaling() instanceof RopeScaling.Linear linear) {
            rope.writeLinear(linear);
        }
    }

    private static boolean isFull(int layer) {
        return (layer + 1) % PATTERN == 0;
    }

    private static int window(ModelConfig config) {
        int window = config.attention().window(0);
        for (int layer = 0; layer < config.layers(); layer++) {
            if (window == 0 || config.attention().window(layer) != (isFull(layer) ? 0 : window)) {
                throw Requirements.refusal(
                        "layer_types",
                        "the windows " + config.attention().windows(),
                        "a window in five of six layers, from the first on",
                        "use the Hugging Face directory");
            }
        }
        return window;
    }

    /** The rotary embeddings of full layers; those of the others must be as readers assume them. */
    private static Rope requireRopes(ModelConfig config) {
        Rope local = Objects.requireNonNull(config.architecture().ropes().of(0));
        Rope full = local;
        for (int layer = 0; layer < config.layers(); layer++) {
            Rope rope = Objects.requireNonNull(config.architecture().ropes().of(layer));
            full = isFull(layer) ? rope : full;
        }
        boolean usual = local.theta() == LOCAL_BASE && local.scaling() instanceof RopeScaling.None;
        boolean sayable = full.scaling() instanceof RopeScaling.None || full.scaling() instanceof RopeScaling.Linear;
        if (!usual || !sayable || config.layers() < PATTERN) {
            throw Requirements.refusal(
                    "rope_parameters",
                    local + " in layers with a window, " + full + " in the others",
                    "base 10000 without scaling in layers with a window, none or linear scaling in the others",
                    "use the Hugging Face directory");
        }
        return full;
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = READERS.config(keys, this, "Gemma3ForCausalLM");
        json.put("sliding_window", keys.count(DecoderKeys.WINDOW));
        json.put("sliding_window_pattern", PATTERN);
        json.putNull("final_logit_softcapping").putNull("attn_logit_softcapping");
        new RopeKeys(keys).read(file, json);
        ObjectNode full = (ObjectNode) json.path("rope_parameters");
        ObjectNode both = json.putObject("rope_parameters");
        both.set("full_attention", full.deepCopy());
        both.putObject("sliding_attention").put("rope_type", "default").put("rope_theta", LOCAL_BASE);
        return json;
    }
}
