package dev.attune.model.checkpoint;

import dev.attune.core.io.AtomicFiles;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The generation_config.json of a language model: the ids of its BOS, EOS and padding tokens. One that was loaded with
 * the model is kept with its tokenizer, without settings that would have no effect: transformers refuses to save a model
 * that has such settings.
 */
final class GenerationConfig {
    private static final String NAME = "generation_config.json";
    private static final String EOS = "eos_token_id";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GenerationConfig() {}

    static void write(Path directory, ModelConfig config, @Nullable Tokenizer tokenizer) throws IOException {
        Path file = directory.resolve(NAME);
        if (config.isReward()) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file)) {
            Files.writeString(file, MAPPER.writeValueAsString(json(config, tokenizer)) + "\n");
        } else if (MAPPER.readTree(file) instanceof ObjectNode json && GenerationSettings.removeUnused(json)) {
            Files.writeString(file, MAPPER.writeValueAsString(json) + "\n");
        }
    }

    /** Adds ids to the tokens that end generation; does nothing in a directory without the file, or if all are there. */
    static void addEndTokens(Path directory, Collection<Integer> ids) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file) || !(MAPPER.readTree(file) instanceof ObjectNode json)) {
            return;
        }
        JsonNode listed = json.path(EOS);
        Set<Integer> all = new LinkedHashSet<>();
        (listed.isArray() ? listed.valueStream() : Stream.of(listed))
                .filter(JsonNode::isInt)
                .forEach(id -> all.add(id.intValue()));
        if (all.addAll(ids)) {
            putEnds(json, List.copyOf(all));
            AtomicFiles.write(file, MAPPER.writeValueAsString(json) + "\n");
        }
    }

    private static void putEnds(ObjectNode json, List<Integer> ids) {
        if (ids.size() == 1) {
            json.put(EOS, ids.get(0));
        } else if (!ids.isEmpty()) {
            ids.forEach(json.putArray(EOS)::add);
        }
    }

    private static ObjectNode json(ModelConfig config, @Nullable Tokenizer tokenizer) {
        ObjectNode json = MAPPER.createObjectNode();
        Integer bos = tokenizer == null ? config.tokens().bos() : tokenizer.bosId();
        if (bos != null) {
            json.put("bos_token_id", bos);
        }
        putEnds(json, tokenizer == null ? config.tokens().eos() : tokenizer.eosIds());
        Integer pad = tokenizer == null ? config.tokens().pad() : Integer.valueOf(tokenizer.padId());
        if (pad != null) {
            json.put("pad_token_id", pad);
        }
        return json;
    }
}
