package dev.attune.model.checkpoint;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The generation_config.json of a language model: which tokens begin, end and fill texts. One that came with the model
 * travels with its tokenizer and is left as it is.
 */
final class GenerationConfig {
    private static final String NAME = "generation_config.json";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GenerationConfig() {}

    static void writeUnlessThere(Path directory, ModelConfig config, @Nullable Tokenizer tokenizer) throws IOException {
        Path file = directory.resolve(NAME);
        if (config.isReward()) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file)) {
            Files.writeString(file, MAPPER.writeValueAsString(json(config, tokenizer)) + "\n");
        }
    }

    private static ObjectNode json(ModelConfig config, @Nullable Tokenizer tokenizer) {
        ObjectNode json = MAPPER.createObjectNode();
        Integer bos = tokenizer == null ? config.tokens().bos() : tokenizer.bosId();
        if (bos != null) {
            json.put("bos_token_id", bos);
        }
        List<Integer> eos = tokenizer == null ? config.tokens().eos() : tokenizer.eosIds();
        if (eos.size() == 1) {
            json.put("eos_token_id", eos.get(0));
        } else if (!eos.isEmpty()) {
            eos.forEach(json.putArray("eos_token_id")::add);
        }
        Integer pad = tokenizer == null ? config.tokens().pad() : Integer.valueOf(tokenizer.padId());
        if (pad != null) {
            json.put("pad_token_id", pad);
        }
        return json;
    }
}
