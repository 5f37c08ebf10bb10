package dev.attune.model.gguf;

import dev.attune.model.config.Attention;
import dev.attune.model.config.Experts;
import dev.attune.model.config.ModelConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The keys that most architectures share, in both directions. */
final class DecoderKeys {
    static final String CONTEXT = "context_length";
    static final String WIDTH = "embedding_length";
    static final String LAYERS = "block_count";
    static final String INNER = "feed_forward_length";
    static final String HEADS = "attention.head_count";
    static final String KEY_HEADS = "attention.head_count_kv";
    static final String KEY_LENGTH = "attention.key_length";
    static final String VALUE_LENGTH = "attention.value_length";
    static final String RMS_EPSILON = "attention.layer_norm_rms_epsilon";
    static final String LAYER_EPSILON = "attention.layer_norm_epsilon";
    static final String WINDOW = "attention.sliding_window";

    static final String EXPERTS = "expert_count";
    static final String EXPERTS_USED = "expert_used_count";
    static final String EXPERT_WIDTH = "expert_feed_forward_length";

    private final Metadata metadata;
    private final String architecture;

    DecoderKeys(Metadata metadata, String architecture) {
        this.metadata = metadata;
        this.architecture = architecture;
    }

    /** The whole key. */
    String key(String rest) {
        return architecture + "." + rest;
    }

    Metadata metadata() {
        return metadata;
    }

    // ---- writing ----

    /** Sizes, heads and the norm's epsilon. */
    void write(ModelConfig config, String epsilonKey) {
        Attention attention = config.attention();
        metadata.put(key("vocab_size"), config.vocabularySize());
        metadata.put(key(CONTEXT), config.maxPositions());
        metadata.put(key(WIDTH), config.width());
        metadata.put(key(LAYERS), config.layers());
        metadata.put(key(INNER), config.mlp().width());
        metadata.put(key(HEADS), attention.heads());
        metadata.put(key(KEY_HEADS), attention.kvHeads());
        metadata.put(key(KEY_LENGTH), attention.headDim());
        metadata.put(key(VALUE_LENGTH), attention.headDim());
        metadata.put(key(epsilonKey), config.normEpsilon());
    }

    /** The number of experts, all and chosen. */
    void writeExperts(Experts experts) {
        metadata.put(key(EXPERTS), experts.count());
        metadata.put(key(EXPERTS_USED), experts.perToken());
    }

    // ---- reading ----

    int count(String rest) {
        return metadata.requiredCount(key(rest));
    }

    int count(String rest, int otherwise) {
        Integer count = metadata.count(key(rest));
        return count == null ? otherwise : count;
    }

    double number(String rest, double otherwise) {
        Double number = metadata.number(key(rest));
        return number == null ? otherwise : number;
    }

    /** The width of a head; keys and values must have the same. */
    int headDim() {
        int otherwise = Math.max(1, count(WIDTH) / count(HEADS));
        int keys = count(KEY_LENGTH, otherwise);
        int values = count(VALUE_LENGTH, otherwise);
        if (keys != values) {
            throw metadata.invalid(key(VALUE_LENGTH), "" + values, keys + ", the length of keys");
        }
        return keys;
    }

    /** The config.json of a family with the usual names, without rotary embeddings. */
    ObjectNode read(GgufFamily family, String className) {
        ObjectNode json = start(family, className);
        json.put("hidden_size", count(WIDTH));
        json.put("intermediate_size", count(INNER));
        json.put("num_hidden_layers", count(LAYERS));
        json.put("num_attention_heads", count(HEADS));
        json.put("num_key_value_heads", count(KEY_HEADS, count(HEADS)));
        json.put("head_dim", headDim());
        json.put("max_position_embeddings", count(CONTEXT));
        json.put("rms_norm_eps", number(RMS_EPSILON, 1e-5));
        json.put("hidden_act", "silu");
        return json;
    }

    static ObjectNode start(GgufFamily family, String className) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("model_type", family.modelType());
        json.putArray("architectures").add(className);
        return json;
    }
}
