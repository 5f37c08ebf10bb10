package dev.attune.model.tokenizer;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.model.template.ChatTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files of a model directory that belong to its tokenizer, held in memory so that they can be written elsewhere.
 */
final class TokenizerFiles {
    static final String TOKENIZER = "tokenizer.json";
    static final String CONFIG = "tokenizer_config.json";
    static final String SPECIAL = "special_tokens_map.json";
    static final String TEMPLATE = ChatTemplate.FILE;

    /** Not a file of the tokenizer, but it names the EOS tokens. */
    static final String GENERATION = "generation_config.json";

    /** Files that are copied because other programs read them. */
    private static final List<String> NAMES = List.of(
            TOKENIZER,
            CONFIG,
            SPECIAL,
            TEMPLATE,
            GENERATION,
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "tokenizer.model");

    private static final long MAX_FILE_BYTES = 256L << 20;

    private final Path directory;
    private final Map<String, byte[]> contents;

    private TokenizerFiles(Path directory, Map<String, byte[]> contents) {
        this.directory = directory;
        this.contents = contents;
    }

    static TokenizerFiles read(Path directory) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            try {
                if (!Files.isRegularFile(file)) {
                    continue;
                }
                if (Files.size(file) > MAX_FILE_BYTES) {
                    throw BadInputException.at(
                            file.toString(),
                            Files.size(file) + " bytes",
                            "at most " + MAX_FILE_BYTES,
                            "check the file");
                }
                contents.put(name, Files.readAllBytes(file));
            } catch (IOException e) {
                throw new BadInputException(file + ": cannot be read: " + e.getMessage() + "; check the file", e);
            }
        }
        if (!contents.containsKey(TOKENIZER)) {
            throw BadInputException.at(
                    directory.toString(),
                    "no " + TOKENIZER,
                    "one next to the weights",
                    contents.isEmpty()
                            ? "name a complete model directory"
                            : "load the tokenizer in transformers and save it again with save_pretrained, which writes it");
        }
        return new TokenizerFiles(directory, contents);
    }

    /** The JSON object in a file, or null if there is no such file. */
    @Nullable
    ObjectNode json(String name) {
        byte[] bytes = contents.get(name);
        return bytes == null ? null : parse(directory.resolve(name), bytes);
    }

    /** The text of a file, or null if there is no such file. */
    @Nullable
    String text(String name) {
        byte[] bytes = contents.get(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The JSON object in a file of the directory that is not the tokenizer's own, or null. */
    @Nullable
    ObjectNode neighbour(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.isRegularFile(file) ? parse(file, Files.readAllBytes(file)) : null;
        } catch (IOException e) {
            throw new BadInputException(file + ": cannot be read: " + e.getMessage() + "; check the file", e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    void write(Path target) {
        try {
            for (var entry : contents.entrySet()) {
                AtomicFiles.write(target.resolve(entry.getKey()), entry.getValue());
            }
        } catch (IOException e) {
            throw new RunFailedException(target + ": the tokenizer cannot be written: " + e.getMessage(), e);
        }
    }

    private static ObjectNode parse(Path file, byte[] bytes) {
        try {
            if (JsonMapper.shared().readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new BadInputException(file + ": not JSON: " + e.getOriginalMessage() + "; fetch the file again", e);
        }
        throw BadInputException.at(file.toString(), "no JSON object", "one", "fetch the file again");
    }
}
