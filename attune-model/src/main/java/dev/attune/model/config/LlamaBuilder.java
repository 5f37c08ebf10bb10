package dev.attune.model.config;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Configures a new model of the llama family. Defaults are given per method. */
public final class LlamaBuilder {
    private int vocabularySize = 512;
    private int width = 256;
    private int mlpWidth = 680;
    private int layers = 6;
    private int heads = 8;
    private @Nullable Integer kvHeads;
    private int maxPositions = 1024;
    private double ropeTheta = 10_000;
    private double normEpsilon = 1e-5;
    private double initializerRange = 0.02;
    private boolean tied = true;
    private @Nullable Integer bos;
    private @Nullable Integer eos;
    private @Nullable Integer pad;

    LlamaBuilder() {}

    /** Number of token ids; 512. */
    public LlamaBuilder vocabularySize(int value) {
        vocabularySize = value;
        return this;
    }

    /** Width of the residual stream; 256. */
    public LlamaBuilder width(int value) {
        width = value;
        return this;
    }

    /** Inner width of the feed-forward blocks; 680. */
    public LlamaBuilder mlpWidth(int value) {
        mlpWidth = value;
        return this;
    }

    /** Number of blocks; 6. */
    public LlamaBuilder layers(int value) {
        layers = value;
        return this;
    }

    /** Number of attention heads; 8. Divides the width. */
    public LlamaBuilder heads(int value) {
        heads = value;
        return this;
    }

    /** Number of key and value heads; as many as attention heads. */
    public LlamaBuilder kvHeads(int value) {
        kvHeads = value;
        return this;
    }

    /** Longest sequence; 1024. */
    public LlamaBuilder maxPositions(int value) {
        maxPositions = value;
        return this;
    }

    /** Base of the rotary embeddings; 10,000. */
    public LlamaBuilder ropeTheta(double value) {
        ropeTheta = value;
        return this;
    }

    /** Epsilon of the RMS norms; 1e-5. */
    public LlamaBuilder normEpsilon(double value) {
        normEpsilon = value;
        return this;
    }

    /** Standard deviation of fresh matrices; 0.02. */
    public LlamaBuilder initializerRange(double value) {
        initializerRange = value;
        return this;
    }

    /** Whether the output projection is the embedding; true. */
    public LlamaBuilder tied(boolean value) {
        tied = value;
        return this;
    }

    /** Ids of the BOS, EOS and padding tokens; null for none, which is the default. */
    public LlamaBuilder tokens(@Nullable Integer bosId, @Nullable Integer eosId, @Nullable Integer padId) {
        bos = bosId;
        eos = eosId;
        pad = padId;
        return this;
    }

    /** The configuration, checked like one read from a file. */
    public ModelConfig build() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("model_type", "llama");
        json.putArray("architectures").add("LlamaForCausalLM");
        json.put("vocab_size", vocabularySize);
        json.put("hidden_size", width);
        json.put("intermediate_size", mlpWidth);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", kvHeads == null ? heads : kvHeads);
        json.put("head_dim", width / heads);
        json.put("hidden_act", "silu");
        json.put("max_position_embeddings", maxPositions);
        json.put("rms_norm_eps", normEpsilon);
        json.put("initializer_range", initializerRange);
        json.put("tie_word_embeddings", tied);
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("bos_token_id", bos);
        json.put("eos_token_id", eos);
        json.put("pad_token_id", pad);
        json.put("rope_theta", ropeTheta);
        json.putObject("rope_parameters").put("rope_type", "default").put("rope_theta", ropeTheta);
        return ConfigReader.read("the new model's configuration", json);
    }
}
