package dev.attune.core.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Flattens a tree to keys and values; nested keys and list indices are joined by dots. */
public final class FlatJson {
    private FlatJson() {}

    /** @param text of a value that is neither an object nor a list */
    public static Map<String, String> of(JsonNode tree, Function<JsonNode, String> text) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", tree, text, flat);
        return flat;
    }

    private static void flatten(String name, JsonNode node, Function<JsonNode, String> text, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(),
                            entry.getValue(),
                            text,
                            into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "." + i, node.get(i), text, into);
            }
        } else {
            into.put(name, text.apply(node));
        }
    }
}
