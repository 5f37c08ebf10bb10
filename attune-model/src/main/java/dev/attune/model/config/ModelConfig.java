package dev.attune.model.config;

import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration of a model: everything that determines its computation, apart from its weights.
 *
 * @param family decoder family: its blocks and the names of its weights
 * @param vocabularySize number of token ids
 * @param width of the residual stream
 * @param layers number of blocks
 * @param maxPositions context length in tokens; a hard limit only if positions are learned (GPT-2)
 * @param architecture what the family determines: blocks, attention, rotary embeddings, constant factors
 * @param normEpsilon of the norms
 * @param tied whether the output projection is the embedding
 * @param reward present in a reward model
 * @param raw the JSON object this was read from, written back when saving
 */
public record ModelConfig(
        Family family,
        int vocabularySize,
        int width,
        int layers,
        int maxPositions,
        Architecture architecture,
        double normEpsilon,
        boolean tied,
        TokenIds tokens,
        @Nullable RewardHead reward,
        ObjectNode raw) {
    private static final String POOLING = "reward_pooling";
    private static final List<String> STEP_KEYS = List.of("reward_step_mark", "reward_step_aggregation");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The largest config.json that is read, in bytes; real ones have a few thousand. */
    private static final long MAX_FILE_BYTES = 16L << 20;

    /**
     * Reads a config.json of transformers 4 or 5.
     *
     * @throws BadInputException naming the key, if the file is not a config.json, has another architecture, or has a
     *     key with an unsupported effect on the computation
     */
    public static ModelConfig read(Path configJson) {
        try {
            if (Files.size(configJson) > MAX_FILE_BYTES) {
                throw BadInputException.at(
                        configJson.toString(),
                        Files.size(configJson) + " bytes",
                        "a config.json",
                        "name a model directory");
            }
            return parse(configJson.toString(), Files.readString(configJson));
        } catch (IOException e) {
            throw new BadInputException(
                    configJson + ": cannot be read (" + e.getClass().getSimpleName()
                            + "); name a directory that holds a config.json in UTF-8",
                    e);
        }
    }

    /** Reads the text of a config.json; {@code place} names it in error messages. */
    public static ModelConfig parse(String place, String json) {
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new BadInputException(
                    place + ": not JSON: " + e.getOriginalMessage() + "; expected a config.json", e);
        }
        if (!(node instanceof ObjectNode object)) {
            throw BadInputException.at(place, node.getNodeType().toString(), "a JSON object", "name a config.json");
        }
        return ConfigReader.read(place, object);
    }

    /** Starts the configuration of a fresh model of the llama family. */
    public static LlamaBuilder llama() {
        return new LlamaBuilder();
    }

    /** The blocks of a layer and the names of weights. */
    public DecoderSpec spec() {
        return architecture.spec();
    }

    /** The attention of every layer. */
    public Attention attention() {
        return architecture.attention();
    }

    /** The feed-forward blocks. */
    public Mlp mlp() {
        return architecture.mlp();
    }

    /** The rotary embeddings of the first layer that has any; null if positions are learned. */
    public @Nullable Rope rope() {
        List<Rope> ropes = architecture.ropes().distinct();
        return ropes.isEmpty() ? null : ropes.get(0);
    }

    /** If present, logits become {@code softcap tanh(logit / softcap)}. */
    public @Nullable Double logitSoftcap() {
        return architecture.logitSoftcap();
    }

    /** Whether this is a reward model. */
    public boolean isReward() {
        return reward != null;
    }

    /** The same model with an output projection of its own. */
    public ModelConfig untied() {
        ObjectNode json = raw.deepCopy();
        json.put("tie_word_embeddings", false);
        return ConfigReader.read("the model's configuration", json);
    }

    /** The same backbone as a language model. */
    public ModelConfig asCausal() {
        ObjectNode json = raw.deepCopy();
        json.putArray("architectures").add(family.causalArchitecture());
        json.remove(List.of("id2label", "label2id", "num_labels", "problem_type", "reward_bias", POOLING));
        json.remove(STEP_KEYS);
        return ConfigReader.read("the model's configuration", json);
    }

    /**
     * The same backbone as a reward model; one that is a reward model already keeps its pooling and steps.
     *
     * @param padId always written, because transformers refuses batches without it
     * @param bias added to every score
     */
    public ModelConfig asReward(int padId, double bias) {
        ObjectNode json = raw.deepCopy();
        json.putArray("architectures").add(family.rewardArchitecture());
        json.remove(List.of("num_labels", "problem_type"));
        json.putObject("id2label").put("0", "LABEL_0");
        json.putObject("label2id").put("LABEL_0", 0);
        json.put("pad_token_id", padId);
        json.put("reward_bias", bias);
        return ConfigReader.read("the model's configuration", json);
    }

    /** The same reward model with a head that reads other hidden states. */
    public ModelConfig withPooling(RewardPooling pooling) {
        ObjectNode json = raw.deepCopy();
        json.remove(POOLING);
        if (pooling != RewardPooling.LAST) {
            json.put(POOLING, pooling.configName());
        }
        return ConfigReader.read("the model's configuration", json);
    }

    /** The same reward model as a process reward model, or as one of whole completions if {@code steps} is null. */
    public ModelConfig withSteps(@Nullable StepReading steps) {
        ObjectNode json = raw.deepCopy();
        json.remove(STEP_KEYS);
        if (steps != null) {
            json.put(STEP_KEYS.get(0), steps.mark());
            json.put(STEP_KEYS.get(1), steps.aggregation().toString());
        }
        return ConfigReader.read("the model's configuration", json);
    }

    /**
     * The same model without the layers after the first {@code count}; the final norm follows the last one kept.
     *
     * @param count from 1 to {@link #layers}
     */
    public ModelConfig withLayers(int count) {
        if (count < 1 || count > layers) {
            throw new IllegalArgumentException(count + " of " + layers + " layers");
        }
        ObjectNode json = raw.deepCopy();
        family.cutLayers(json, count);
        return ConfigReader.read("the model's configuration", json);
    }

    /**
     * The text of a config.json that transformers 4 and 5 and {@link #read} load.
     *
     * @param dtype of the weights next to it: float32, bfloat16 or float16
     */
    public String toJson(String dtype) {
        ObjectNode json = raw.deepCopy();
        String architecture = isReward() ? family.rewardArchitecture() : family.causalArchitecture();
        json.putArray("architectures").add(architecture);
        json.remove("torch_dtype");
        json.put("dtype", dtype);
        json.put("torch_dtype", dtype);
        family.addOlderKeys(json);
        return MAPPER.writeValueAsString(MAPPER.treeToValue(json, java.util.TreeMap.class)) + "\n";
    }
}
