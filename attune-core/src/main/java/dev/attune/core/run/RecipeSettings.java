package dev.attune.core.run;

import java.util.LinkedHashMap;
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
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", YAML.readTree(yaml), settings);
        return settings;
    }

    /** The recipe with another text for one key of a section. */
    public static String with(String yaml, String section, String key, String value) {
        JsonNode tree = YAML.readTree(yaml);
        ((ObjectNode) tree.path(section)).put(key, value);
        return YAML.writeValueAsString(tree);
    }

    private static void flatten(String name, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "." + i, node.get(i), into);
            }
        } else {
            into.put(name, node.isNull() ? "null" : node.asString());
        }
    }
}
