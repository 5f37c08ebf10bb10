package dev.attune.serve.tool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schema of forced calls: one object with name and arguments, or an array of them. */
public final class CallSchema {
    private static final int MOST_CALLS = 8;
    private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

    private CallSchema() {}

    /** One call. */
    public static JsonNode one(Tools tools) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        fill(root, tools.callable(), "#");
        return root;
    }

    /** One call, or several if the request allows it. */
    public static JsonNode of(Tools tools) {
        if (!tools.parallel()) {
            return one(tools);
        }
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("type", "array").put("minItems", 1).put("maxItems", MOST_CALLS);
        fill(root.putObject("items"), tools.callable(), "#/items");
        return root;
    }

    private static void fill(ObjectNode schema, List<Tool> tools, String place) {
        ArrayNode kinds = schema.putArray("anyOf");
        for (int i = 0; i < tools.size(); i++) {
            String arguments = place + "/anyOf/" + i + "/properties/arguments";
            call(kinds.addObject(), tools.get(i), arguments);
        }
    }

    private static void call(ObjectNode schema, Tool tool, String arguments) {
        schema.put("type", "object").put("additionalProperties", false);
        schema.putArray("required").add("name").add("arguments");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("name").put("const", tool.name());
        properties.set("arguments", moved(ClosedSchema.of(tool.parameters()), arguments));
    }

    /** A copy whose references inside the schema point to its new place. */
    private static JsonNode moved(JsonNode schema, String place) {
        if (schema instanceof ObjectNode object) {
            ObjectNode copy = JsonMapper.shared().createObjectNode();
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                copy.set(entry.getKey(), moved(entry.getKey(), entry.getValue(), place));
            }
            return copy;
        }
        if (schema instanceof ArrayNode array) {
            ArrayNode copy = JsonMapper.shared().createArrayNode();
            array.forEach(item -> copy.add(moved(item, place)));
            return copy;
        }
        return schema;
    }

    private static JsonNode moved(String key, JsonNode value, String place) {
        if (key.equals("$ref") && value.isString() && value.stringValue().startsWith("#")) {
            return JsonMapper.shared()
                    .getNodeFactory()
                    .stringNode(place + value.stringValue().substring(1));
        }
        return VALUES.contains(key) ? value : moved(value, place);
    }
}
