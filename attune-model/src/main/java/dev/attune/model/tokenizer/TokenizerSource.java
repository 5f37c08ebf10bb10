package dev.attune.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer of a model directory as it stands in its files, for conversion into other formats.
 *
 * @param place of tokenizer.json, for error messages
 * @param json tokenizer.json
 * @param templates sources of the chat templates by their names, {@link #DEFAULT_TEMPLATE} for the one that is used;
 *     chat_template.jinja goes before tokenizer_config.json
 */
public record TokenizerSource(String place, ObjectNode json, Map<String, String> templates) {
    /** The name of the template that is used. */
    public static final String DEFAULT_TEMPLATE = ModelTemplate.DEFAULT;

    public TokenizerSource {
        templates = Collections.unmodifiableMap(new LinkedHashMap<>(templates));
    }

    /**
     * Reads the files; empty if the directory has no tokenizer.
     *
     * @throws dev.attune.core.error.BadInputException if a file cannot be read
     */
    public static Optional<TokenizerSource> read(Path directory) {
        if (!Files.exists(directory.resolve(TokenizerFiles.TOKENIZER))
                && !Files.exists(directory.resolve(TokenizerFiles.CONFIG))) {
            return Optional.empty();
        }
        TokenizerFiles files = TokenizerFiles.read(directory);
        ObjectNode json = files.json(TokenizerFiles.TOKENIZER);
        return Optional.ofNullable(json)
                .map(tokenizer -> new TokenizerSource(
                        files.path(TokenizerFiles.TOKENIZER).toString(), tokenizer, ModelTemplate.sources(files)));
    }
}
