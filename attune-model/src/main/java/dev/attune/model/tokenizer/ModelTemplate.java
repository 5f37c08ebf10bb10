package dev.attune.model.tokenizer;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.model.template.ChatTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chat template of a model directory: chat_template.jinja, else {@code chat_template} in tokenizer_config.json,
 * which is a template or a list of named templates; of a list, {@code default} is used.
 */
final class ModelTemplate {
    static final String DEFAULT = "default";

    private ModelTemplate() {}

    static @Nullable ChatTemplate read(TokenizerFiles files, Map<String, String> specialTokens) {
        String file = files.text(TokenizerFiles.TEMPLATE);
        if (file != null) {
            return orRefusal(files.path(TokenizerFiles.TEMPLATE).toString(), file, specialTokens);
        }
        ObjectNode config = files.json(TokenizerFiles.CONFIG);
        String source = config == null ? null : source(config.path("chat_template"));
        String place = files.path(TokenizerFiles.CONFIG) + ", key chat_template";
        return source == null ? null : orRefusal(place, source, specialTokens);
    }

    private static @Nullable String source(JsonNode node) {
        if (node.isString()) {
            return node.stringValue();
        }
        for (JsonNode entry : node) {
            if (entry.path("name").asString("").equals(DEFAULT)) {
                return entry.path("template").asString("");
            }
        }
        return null;
    }

    /** The sources of all templates by their names, {@code default} for the one that is used. */
    static Map<String, String> sources(TokenizerFiles files) {
        Map<String, String> sources = new LinkedHashMap<>();
        ObjectNode config = files.json(TokenizerFiles.CONFIG);
        JsonNode given = config == null ? MissingNode.getInstance() : config.path("chat_template");
        if (given.isString()) {
            sources.put(DEFAULT, given.stringValue());
        }
        for (JsonNode entry : given.isArray() ? given : List.<JsonNode>of()) {
            sources.put(entry.path("name").asString(""), entry.path("template").asString(""));
        }
        String file = files.text(TokenizerFiles.TEMPLATE);
        if (file != null) {
            sources.put(DEFAULT, file);
        }
        return sources;
    }

    /**
     * Parses a template. One that cannot be parsed does not make loading fail: it is refused when a conversation needs
     * it.
     */
    private static ChatTemplate orRefusal(String place, String source, Map<String, String> specialTokens) {
        try {
            return ChatTemplate.jinja(place, source, specialTokens);
        } catch (RefusedConversationException e) {
            return input -> {
                throw e;
            };
        }
    }
}
