package dev.attune.serve;

import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Copies of SmolLM2's tokenizer with other special words and another template. */
final class ModelCopy {
    private ModelCopy() {}

    /** @param words unused special words of the tokenizer, and what they become */
    static HuggingFaceTokenizer tokenizer(Path from, Path to, Map<String, String> words, String template) {
        try {
            String tokenizer = Files.readString(from.resolve("tokenizer.json"));
            String config = Files.readString(from.resolve("tokenizer_config.json"));
            for (var word : words.entrySet()) {
                tokenizer = tokenizer.replace('"' + word.getKey() + '"', '"' + word.getValue() + '"');
                config = config.replace('"' + word.getKey() + '"', '"' + word.getValue() + '"');
            }
            ObjectNode changed = (ObjectNode) JsonMapper.shared().readTree(config);
            changed.put("chat_template", template);
            Files.writeString(to.resolve("tokenizer.json"), tokenizer);
            Files.writeString(to.resolve("tokenizer_config.json"), changed.toString());
            for (String name : new String[] {"config.json", "generation_config.json"}) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
            return HuggingFaceTokenizer.load(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
