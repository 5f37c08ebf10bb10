package dev.attune.model.config;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.steps.StepAggregation;
import dev.attune.core.text.ConfigNamed;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the JSON object of a config.json into a {@link ModelConfig}, by the keys, defaults and description of its
 * family.
 */
final class ConfigReader {
    /** A config with more layers is considered invalid. */
    private static final int MAX_LAYERS = 4096;

    private final String place;
    private final ConfigFields fields;
    private final Family family;
    private final FamilyKeys keys;
    private final FamilyDefaults defaults;

    private ConfigReader(String place, ObjectNode json) {
        this.place = place;
        this.fields = new ConfigFields(place, json);
        this.family = family();
        this.keys = family.keys();
        this.defaults = family.defaults();
    }

    static ModelConfig read(String place, ObjectNode json) {
        return new ConfigReader(place, json).read();
    }

    private ModelConfig read() {
        boolean reward = isReward();
        refuseWhatIsNotUnderstood();
        int vocabulary = fields.positive("vocab_size");
        int width = fields.positive(keys.width());
        int layers = fields.positive(keys.layers());
        if (layers > MAX_LAYERS) {
            throw fields.invalid(keys.layers(), "" + layers, "at most " + MAX_LAYERS);
        }
        int positions = fields.positive(keys.positions(), defaults.positions());
        Attention attention = attention(width, layers);
        Architecture usual = new Architecture(
                DecoderSpec.usual(),
                attention,
                mlp(width),
                ropes(positions, attention.headDim(), layers),
                Factors.NONE,
                null);
        return new ModelConfig(
                family,
                vocabulary,
                width,
                layers,
                positions,
                family.describe(usual, fields),
                fields.positiveNumber(keys.normEpsilon(), defaults.normEpsilon()),
                fields.bool("tie_word_embeddings", defaults.tied()),
                new TokenIdReader(fields, vocabulary).read(defaults.bos(), defaults.eos(), defaults.pad()),
                reward ? new RewardHead(fields.number("reward_bias", 0), pooling(), steps()) : null,
                fields.json().deepCopy());
    }

    private Family family() {
        String type = fields.text("model_type");
        Family named = Families.named(type);
        if (named == null) {
            throw fields.invalid(
                    "model_type", type == null ? "nothing" : "'" + type + "'", "one of " + Families.names());
        }
        return named;
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

    private @Nullable StepReading steps() {
        String mark = fields.text("reward_step_mark");
        if (mark == null) {
            return null;
        }
        String word = fields.text("reward_step_aggregation");
        StepAggregation aggregation = word == null ? StepReading.DEFAULT.aggregation() : StepAggregation.named(word);
        if (aggregation == null) {
            throw fields.invalid("reward_step_aggregation", "'" + word + "'", "min, product or last");
        }
        if (mark.isEmpty() || pooling() != RewardPooling.LAST) {
            throw fields.invalid(
                    "reward_step_mark",
                    mark.isEmpty()
                            ? "an empty mark"
                            : "a mark beside reward_pooling: " + pooling().configName(),
                    "a mark of a model without reward_pooling");
        }
        return new StepReading(mark, aggregation);
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
        for (var entry : fields.json().properties()) {
            JsonNode value = entry.getValue();
            if (!KnownKeys.understood(keys, entry.getKey(), value)) {
                throw fields.invalid(
                        entry.getKey(),
                        ConfigFields.shown(value),
                        "no key whose effect on " + family.modelType() + " is unknown to Attune");
            }
        }
    }

    private Attention attention(int width, int layers) {
        int heads = fields.positive(keys.heads());
        int kvHeads = kvHeads(heads);
        if (heads % kvHeads != 0) {
            throw fields.invalid("num_key_value_heads", "" + kvHeads, "a divisor of the " + heads + " attention heads");
        }
        int headDim = headDim(width, heads);
        List<Integer> noWindows = Collections.nCopies(layers, 0);
        return new Attention(heads, kvHeads, headDim, false, false, 1 / Math.sqrt(headDim), false, null, noWindows);
    }

    private int kvHeads(int heads) {
        String key = keys.kvHeads();
        Integer otherwise = defaults.kvHeads();
        return key == null ? heads : fields.positive(key, otherwise == null ? heads : otherwise);
    }

    private int headDim(int width, int heads) {
        Integer otherwise = defaults.headDim();
        int dim = fields.positive("head_dim", otherwise == null ? Math.max(width / heads, 1) : otherwise);
        boolean divides = width % heads == 0;
        boolean own = otherwise != null || fields.has("head_dim");
        boolean fixed = keys.kvHeads() == null;
        if ((!divides && (fixed || !own)) || (fixed && dim != width / heads)) {
            throw fields.invalid(
                    keys.heads(),
                    heads + " heads (head_dim " + dim + ") over a width of " + width,
                    "heads that divide the width");
        }
        return dim;
    }

    private LayerRopes ropes(int positions, int headDim, int layers) {
        RopeRules rules = keys.rope();
        return rules == null
                ? LayerRopes.none(layers)
                : LayerRopes.everywhere(new RopeReader(rules, fields, positions).read(headDim), layers);
    }

    private Mlp mlp(int width) {
        Integer ratio = defaults.mlpRatio();
        int inner = ratio == null ? fields.positive(keys.mlpWidth()) : fields.positive(keys.mlpWidth(), ratio * width);
        return new Mlp(inner, activation(), false, null);
    }

    private Activation activation() {
        String given = fields.text(keys.activation());
        String name = given == null ? defaults.activation() : given;
        @Nullable Activation activation = Activation.named(name);
        if (activation == null) {
            throw fields.invalid(
                    keys.activation(), "'" + name + "'", "gelu, gelu_new, gelu_pytorch_tanh, silu or relu");
        }
        return activation;
    }
}
