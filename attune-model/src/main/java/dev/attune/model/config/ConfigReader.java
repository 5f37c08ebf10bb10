package dev.attune.model.config;

import static dev.attune.model.config.Family.GEMMA2;
import static dev.attune.model.config.Family.GPT2;
import static dev.attune.model.config.Family.GPT_NEOX;
import static dev.attune.model.config.Family.LLAMA;
import static dev.attune.model.config.Family.MISTRAL;
import static dev.attune.model.config.Family.QWEN2;
import static dev.attune.model.config.Family.QWEN3;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.ConfigNamed;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns the JSON object of a config.json into a {@link ModelConfig}; keys and defaults are those of transformers. */
final class ConfigReader {
    /** A config with more layers is considered invalid. */
    private static final int MAX_LAYERS = 4096;

    private final String place;
    private final ConfigFields fields;
    private final Family family;

    private ConfigReader(String place, ObjectNode json) {
        this.place = place;
        this.fields = new ConfigFields(place, json);
        this.family = family();
    }

    static ModelConfig read(String place, ObjectNode json) {
        return new ConfigReader(place, json).read();
    }

    private ModelConfig read() {
        boolean reward = isReward();
        refuseWhatIsNotUnderstood();
        int vocabulary = fields.positive("vocab_size");
        int width = fields.positive(key("hidden_size", "n_embd"));
        int layers = fields.positive(key("num_hidden_layers", "n_layer"));
        if (layers > MAX_LAYERS) {
            throw fields.invalid(key("num_hidden_layers", "n_layer"), "" + layers, "at most " + MAX_LAYERS);
        }
        int positions = fields.positive(key("max_position_embeddings", "n_positions"), defaultPositions());
        Attention attention = attention(width, layers);
        Rope rope = family == GPT2 ? null : new RopeReader(family, fields, positions).read(attention.headDim());
        return new ModelConfig(
                family,
                vocabulary,
                width,
                layers,
                positions,
                attention,
                mlp(width),
                rope,
                normEpsilon(),
                family == GPT_NEOX && fields.bool("use_parallel_residual", true),
                fields.bool("tie_word_embeddings", family == GPT2 || family == GEMMA2),
                family == GEMMA2 ? softcap("final_logit_softcapping", 30) : null,
                tokens(vocabulary),
                reward ? new RewardHead(fields.number("reward_bias", 0), pooling()) : null,
                fields.json().deepCopy());
    }

    private Family family() {
        String type = fields.text("model_type");
        for (Family candidate : Family.values()) {
            if (candidate.modelType().equals(type)) {
                return candidate;
            }
        }
        throw fields.invalid(
                "model_type", type == null ? "nothing" : "'" + type + "'", "one of " + Family.namesForPeople());
    }

    private boolean isReward() {
        List<String> architectures = fields.texts("architectures");
        if (architectures.isEmpty() || architectures.equals(List.of(family.causalArchitecture()))) {
            return false;
        }
        if (!architectures.equals(List.of(family.rewardArchitecture()))) {
            throw fields.invalid(
                    "architectures",
                    architectures.toString(),
                    family.causalArchitecture() + " or " + family.rewardArchitecture());
        }
        int labels = labels();
        if (labels != 1) {
            throw fields.invalid("num_labels", labels + " labels", "1, the score of a reward model");
        }
        return true;
    }

    private RewardPooling pooling() {
        String word = fields.text("reward_pooling");
        if (word == null) {
            return RewardPooling.LAST;
        }
        for (RewardPooling pooling : RewardPooling.values()) {
            if (pooling.configName().equals(word)) {
                return pooling;
            }
        }
        throw fields.invalid("reward_pooling", "'" + word + "'", ConfigNamed.configNames(RewardPooling.class));
    }

    private int labels() {
        ConfigFields names = fields.object("id2label");
        return names != null ? names.json().size() : fields.positive("num_labels", 2);
    }

    private void refuseWhatIsNotUnderstood() {
        if (fields.has("quantization_config")) {
            throw BadInputException.at(
                    place + ", key quantization_config",
                    "quantized weights",
                    "f32, bf16 or f16 weights",
                    "use the model's unquantized checkpoint");
        }
        if (fields.bool("is_encoder_decoder", false)) {
            throw fields.invalid("is_encoder_decoder", "true", "false: only decoders are supported");
        }
        if (family == GPT2 && fields.bool("add_cross_attention", false)) {
            throw fields.invalid("add_cross_attention", "true", "false");
        }
        if (family == GEMMA2 && fields.bool("use_bidirectional_attention", false)) {
            throw fields.invalid("use_bidirectional_attention", "true", "false");
        }
        for (var entry : fields.json().properties()) {
            JsonNode value = entry.getValue();
            if (!KnownKeys.understood(family, entry.getKey(), value)) {
                throw fields.invalid(
                        entry.getKey(),
                        ConfigFields.shown(value),
                        "no key whose effect on " + family.modelType() + " is unknown to Attune");
            }
        }
    }

    private Attention attention(int width, int layers) {
        int heads = fields.positive(key("num_attention_heads", "n_head"));
        int kvHeads =
                family == GPT2 || family == GPT_NEOX ? heads : fields.positive("num_key_value_heads", kvHeads(heads));
        if (heads % kvHeads != 0) {
            throw fields.invalid("num_key_value_heads", "" + kvHeads, "a divisor of the " + heads + " attention heads");
        }
        int headDim = headDim(width, heads);
        boolean given = fields.bool("attention_bias", family == GPT_NEOX);
        boolean qkvBias = family == GPT2 || family == QWEN2 || (readsAttentionBias() && given);
        boolean outputBias = family == GPT2 || (readsAttentionBias() && given);
        return new Attention(
                heads,
                kvHeads,
                headDim,
                qkvBias,
                outputBias,
                scale(headDim),
                family == GPT2 && fields.bool("scale_attn_by_inverse_layer_idx", false),
                family == GEMMA2 ? softcap("attn_logit_softcapping", 50) : null,
                LayerWindows.read(family, fields, layers));
    }

    private boolean readsAttentionBias() {
        return family == GPT_NEOX || family == LLAMA || family == QWEN3 || family == GEMMA2;
    }

    private int kvHeads(int heads) {
        return switch (family) {
            case MISTRAL -> 8;
            case QWEN2, QWEN3 -> 32;
            case GEMMA2 -> 4;
            default -> heads;
        };
    }

    private int headDim(int width, int heads) {
        int otherwise =
                switch (family) {
                    case QWEN3 -> 128;
                    case GEMMA2 -> 256;
                    default -> width / heads;
                };
        boolean divides = width % heads == 0;
        boolean own = family == QWEN3 || family == GEMMA2 || fields.has("head_dim");
        int dim = fields.positive("head_dim", Math.max(otherwise, 1));
        boolean fixed = family == GPT2 || family == GPT_NEOX;
        if ((!divides && (fixed || !own)) || (fixed && dim != width / heads)) {
            throw fields.invalid(
                    key("num_attention_heads", "n_head"),
                    heads + " heads (head_dim " + dim + ") over a width of " + width,
                    "heads that divide the width");
        }
        return dim;
    }

    private double scale(int headDim) {
        if (family == GPT2 && !fields.bool("scale_attn_weights", true)) {
            return 1;
        }
        double base = family == GEMMA2 ? fields.positiveNumber("query_pre_attn_scalar", 256) : headDim;
        return 1 / Math.sqrt(base);
    }

    private Mlp mlp(int width) {
        int inner = family == GPT2 ? fields.positive("n_inner", 4 * width) : fields.positive("intermediate_size");
        String key = family == GPT2 ? "activation_function" : family == GEMMA2 ? "hidden_activation" : "hidden_act";
        String otherwise =
                switch (family) {
                    case GPT2 -> "gelu_new";
                    case GPT_NEOX -> "gelu";
                    case GEMMA2 -> "gelu_pytorch_tanh";
                    default -> "silu";
                };
        String given = fields.text(key);
        String name = given == null ? otherwise : given;
        Activation activation = Activation.named(name);
        if (activation == null) {
            throw fields.invalid(key, "'" + name + "'", "gelu, gelu_new, gelu_pytorch_tanh, silu or relu");
        }
        boolean bias = family == GPT2 || family == GPT_NEOX || (family == LLAMA && fields.bool("mlp_bias", false));
        return new Mlp(inner, activation, bias);
    }

    private double normEpsilon() {
        String key = family == GPT2 ? "layer_norm_epsilon" : family == GPT_NEOX ? "layer_norm_eps" : "rms_norm_eps";
        boolean larger = family == GPT2 || family == GPT_NEOX || family == Family.PHI3;
        return fields.positiveNumber(key, larger ? 1e-5 : 1e-6);
    }

    private @Nullable Double softcap(String key, double otherwise) {
        if (fields.mentions(key) && !fields.has(key)) {
            return null;
        }
        return fields.positiveNumber(key, otherwise);
    }

    private int defaultPositions() {
        return switch (family) {
            case GPT2 -> 1024;
            case GPT_NEOX, LLAMA -> 2048;
            case MISTRAL -> 131_072;
            case QWEN2, QWEN3 -> 32_768;
            case GEMMA2 -> 8192;
            case PHI3 -> 4096;
        };
    }

    private TokenIds tokens(int vocabulary) {
        TokenIdReader reader = new TokenIdReader(fields, vocabulary);
        return switch (family) {
            case GPT2 -> reader.read(50256, 50256, null);
            case GPT_NEOX -> reader.read(0, 2, null);
            case LLAMA, MISTRAL -> reader.read(1, 2, null);
            case QWEN2, QWEN3 -> reader.read(null, null, null);
            case GEMMA2 -> reader.read(2, 1, 0);
            case PHI3 -> reader.read(1, 32000, 32000);
        };
    }

    private String key(String usual, String gpt2) {
        return family == GPT2 ? gpt2 : usual;
    }
}
