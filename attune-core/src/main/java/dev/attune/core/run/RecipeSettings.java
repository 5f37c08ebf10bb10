package dev.attune.core.run;

import dev.attune.core.error.OptionalLibrary;
import dev.attune.core.json.FlatJson;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The keys and values of a recipe of any method. They are validated in {@code dev.attune.training.recipe}. */
public final class RecipeSettings {
    private RecipeSettings() {}

    /** Holds the mapper in a class of its own, so that the outer class loads without the library. */
    private static final class Yaml {
        static final YAMLMapper MAPPER = YAMLMapper.builder().build();
    }

    private static YAMLMapper yaml() {
        OptionalLibrary.YAML.require();
        return Yaml.MAPPER;
    }

    /**
     * Every key with its value, nested keys joined by dots.
     *
     * @throws JacksonException if the text is not YAML
     */
    public static Map<String, String> of(String yaml) {
        return FlatJson.of(yaml().readTree(yaml), node -> node.isNull() ? "null" : node.asString());
    }

    /** The recipe with another value for one key of a section. */
    public static String with(String yaml, String section, String key, String value) {
        JsonNode tree = yaml().readTree(yaml);
        ((ObjectNode) tree.path(section)).put(key, value);
        return yaml().writeValueAsString(tree);
    }
}
