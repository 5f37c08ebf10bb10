package dev.attune.core.data;

import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The functions that an assistant may call: a list of objects, or a text that holds one. */
final class Tools {
    private Tools() {}

    /** The tools under a key; none if it is absent, null or a blank text. */
    static List<Map<String, @Nullable Object>> read(ObjectNode row, String key) {
        JsonNode value = Fields.has(row, key) ? row.get(key) : null;
        if (value == null || (value.isString() && value.stringValue().isBlank())) {
            return List.of();
        }
        JsonNode list = value.isString() ? Cells.container(value) : value;
        if (!list.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a list of functions");
        }
        List<Map<String, @Nullable Object>> tools = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode tool = item.isString() ? Cells.container(item) : item;
            if (!tool.isObject()) {
                throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(item), "a function as an object");
            }
            Fields.requireWellFormed(tool.toString(), key);
            tools.add(Json.map(tool));
        }
        return tools;
    }
}
