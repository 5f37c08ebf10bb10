package dev.attune.feedback.endpoint;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.model.TextModel;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.SectionReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a language model is: in a directory, or behind a server. */
public sealed interface ModelAddress {
    /** A directory, or a name that a hub resolves. */
    record Local(@JsonValue String location) implements ModelAddress {
        @Override
        public String label() {
            return location;
        }

        @Override
        public TextModel open(Function<String, TextModel> local) {
            return local.apply(location);
        }
    }

    /** A model behind OpenAI's protocol. */
    record Served(EndpointSettings endpoint) implements ModelAddress {
        @Override
        public String label() {
            return endpoint.model() + " at " + endpoint.base();
        }

        @Override
        public TextModel open(Function<String, TextModel> local) {
            return new EndpointTextModel(endpoint);
        }

        /** The keys as {@link #read} and {@link #inSection} take them. */
        @JsonValue
        public Map<String, String> keys() {
            Map<String, String> keys = new LinkedHashMap<>();
            keys.put("endpoint", endpoint.base().toString());
            keys.put("model", endpoint.model());
            if (endpoint.keyVariable() != null) {
                keys.put("key", endpoint.keyVariable());
            }
            return keys;
        }
    }

    /** As logs and provenance name it. */
    String label();

    /**
     * Opens the model.
     *
     * @param local opens a directory
     */
    TextModel open(Function<String, TextModel> local);

    /**
     * Reads {@code DIR}, or {@code {endpoint: URL, model: NAME, key: VARIABLE}}; null if the key is missing.
     *
     * @throws dev.attune.core.error.BadInputException for another form
     */
    static @Nullable ModelAddress read(SectionReader fields, String key) {
        if (fields.node(key) instanceof Node.Section) {
            return fields.optionalSection(key, ModelAddress::served);
        }
        String location = fields.optionalText(key);
        return location == null ? null : new Local(location);
    }

    /**
     * Reads {@code model: DIR}, or {@code endpoint: URL}, {@code model: NAME} and {@code key: VARIABLE}, among the keys of a
     * section.
     *
     * @throws dev.attune.core.error.BadInputException if there is no model
     */
    static ModelAddress inSection(SectionReader section) {
        return section.isNull("endpoint") ? new Local(section.requiredText("model", "a model")) : served(section);
    }

    private static Served served(SectionReader section) {
        return new Served(EndpointSettings.of(
                section.requiredText("endpoint", "the address of a server"),
                section.requiredText("model", "the model's name on the server"),
                section.optionalText("key")));
    }
}
