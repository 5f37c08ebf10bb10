package dev.attune.model.gguf;

import dev.attune.model.config.Activation;
import dev.attune.model.config.ModelConfig;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemma 2: norms stored plus one, every other layer with a window, soft caps. There is no key for {@code
 * query_pre_attn_scalar}: readers take the width of a head (with 46 layers, that of the stream by the heads), and the
 * difference is multiplied into the query projection.
 */
final class Gemma2Gguf implements GgufFamily {
    private static final String ATTENTION_CAP = "attn_logit_softcapping";
    private static final String FINAL_CAP = "final_logit_softcapping";

    private static final GemmaReaders READERS = new GemmaReaders(46);

    @Override
    public String modelType() {
        return "gemma2";
    }

    @Override
    public String architecture() {
        return "gemma2";
    }

    @Override
    public TensorName tensor(ModelConfig config, String name) {
        TensorName plain = GemmaReaders.NAMES.of(name);
        if (plain.gguf().endsWith("norm.weight")) {
            return plain.with(new Change.PlusOne());
        }
        double factor = READERS.queryFactor(config);
        return factor != 1 && name.contains("self_attn.q_proj.") ? plain.with(new Change.Scaled(factor)) : plain;
    }

    @Override
    public void describe(ModelConfig config, BlockFormat type, Metadata metadata) {
        Requirements.activation(config, Activation.GELU_TANH);
        Requirements.noAttentionBias(config);
        Requirements.wholeRotation(config);
        Requirements.noLlama3(config);
        requireExactScale(config, type);
        Requirements.tied(config);
        Double cap = config.attention().softcap();
        Double finalCap = config.logitSoftcap();
        if (cap == null || finalCap == null) {
            throw Requirements.refusal(
                    cap == null ? ATTENTION_CAP : FINAL_CAP,
                    "null",
                    "a number, because readers always cap the logits of Gemma 2",
                    "use the Hugging Face directory");
        }
        DecoderKeys keys = new DecoderKeys(metadata, architecture());
        keys.write(config, DecoderKeys.RMS_EPSILON);
        metadata.put(keys.key(DecoderKeys.WINDOW), window(config));
        metadata.put(keys.key(ATTENTION_CAP), cap).put(keys.key(FINAL_CAP), finalCap);
        new RopeKeys(keys).write(config);
    }

    /** The query projection times the factor is the same model up to the last bit of float32, or if it only shifts exponents. */
    private static void requireExactScale(ModelConfig config, BlockFormat type) {
        double factor = READERS.queryFactor(config);
        boolean powerOfTwo = Double.compare(factor, Math.scalb(1.0, Math.getExponent(factor))) == 0;
        if (!powerOfTwo && type != BlockFormat.F32) {
            throw Requirements.refusal(
                    "query_pre_attn_scalar",
                    Math.round(1
                                    / (config.attention().scale()
                                            * config.attention().scale())) + " with heads of width "
                            + config.attention().headDim(),
                    "the width of a head, or a factor that is multiplied into the query projection, which is exact only"
                            + " in f32",
                    "use --type f32");
        }
    }

    /** Readers give layers 0, 2, 4, ... the window. */
    private static int window(ModelConfig config) {
        int window = config.attention().window(0);
        for (int layer = 0; layer < config.layers(); layer++) {
            if (config.attention().window(layer) != (layer % 2 == 0 ? window : 0) || window == 0) {
                throw Requirements.refusal(
                        "layer_types",
                        "the windows " + config.attention().windows(),
                        "a window in every other layer from the first on",
                        "use the Hugging Face directory");
            }
        }
        return window;
    }

    @Override
    public ObjectNode config(GgufFile file) {
        DecoderKeys keys = new DecoderKeys(file.metadata(), architecture());
        ObjectNode json = READERS.config(keys, this, "Gemma2ForCausalLM");
        json.put("sliding_window", keys.count(DecoderKeys.WINDOW, 4096));
        json.put(ATTENTION_CAP, keys.number(ATTENTION_CAP, 50));
        json.put(FINAL_CAP, keys.number(FINAL_CAP, 30));
        new RopeKeys(keys).read(file, json);
        return json;
    }
}
