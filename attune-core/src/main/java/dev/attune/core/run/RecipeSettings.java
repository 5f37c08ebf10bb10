package dev.attune.core.run;

import dev.attune.core.json.FlatJson;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A recipe's text as keys and values, whatever its method. Whether they are right is for {@code dev.attune.training.recipe}. */
public final class RecipeSettings {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private RecipeSettings() {}

    /**
     * Every key with its value, nested keys joined by points.
     *
     * @throws JacksonException where the text is no YAML
     */
    public static Map<String, String> of(String yaml) {
        return FlatJson.of(YAML.readTree(yaml), node -> node.isNull() ? "null" : node.asString());
    }

    /** The recipe with another text for one key of a section. */
    public static String with(String yaml, String section, String key, String value) {
        JsonNode tree = YAML.readTree(yaml);
        ((ObjectNode) tree.path(section)).put(key, value);
        return YAML.writeValueAsString(tree);
    }
}
