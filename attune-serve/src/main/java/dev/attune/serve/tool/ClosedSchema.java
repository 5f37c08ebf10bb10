package dev.attune.serve.tool;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of arguments without members that they do not name. Most say nothing about further members, and a weak model then
 * invents some; what is left out is valid all the same.
 */
final class ClosedSchema {
    /** With these, what an object may hold is said in several places, and closing one of them can leave nothing. */
    private static final Set<String> COMBINING =
            Set.of("allOf", "not", "if", "$ref", "$dynamicRef", "dependentSchemas", "unevaluatedProperties", "oneOf");

    private static final Set<String> FURTHER = Set.of("additionalProperties", "patternProperties", "minProperties");

    private ClosedSchema() {}

    /** The schema with its objects closed, or as it is if it combines schemas. */
    static JsonNode of(JsonNode schema) {
        return combines(schema) ? schema : closed(schema);
    }

    private static boolean combines(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            return object.properties().stream()
                    .anyMatch(entry -> COMBINING.contains(entry.getKey()) || combines(entry.getValue()));
        }
        if (schema instanceof ArrayNode array) {
            for (JsonNode item : array) {
                if (combines(item)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static JsonNode closed(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode copy = object.deepCopy();
        if (copy.get("properties") instanceof ObjectNode members) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(members.properties())) {
                members.set(member.getKey(), closed(member.getValue()));
            }
            if (FURTHER.stream().noneMatch(copy::has)) {
                copy.put("additionalProperties", false);
            }
        }
        if (copy.has("items")) {
            copy.set("items", closed(copy.get("items")));
        }
        if (copy.get("anyOf") instanceof ArrayNode kinds) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            kinds.forEach(kind -> all.add(closed(kind)));
            copy.set("anyOf", all);
        }
        return copy;
    }
}
