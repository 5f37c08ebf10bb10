package dev.attune.core.data;

import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** LLaMA-Factory's {@code function_call} turns, whose text holds one call or a list of calls as JSON. */
final class ToolCalls {
    private ToolCalls() {}

    /** The calls as {@code tool_calls} has them: {@code type} and {@code function} with its name and arguments. */
    static List<Map<String, @Nullable Object>> parse(String text, String key) {
        JsonNode tree = Cells.container(StringNode.valueOf(text));
        List<Map<String, @Nullable Object>> calls = new ArrayList<>();
        for (JsonNode call : tree.isArray() ? tree : List.of(tree)) {
            if (!(call instanceof ObjectNode function) || !Fields.has(function, "name")) {
                throw new RowProblem(
                        Fault.Kind.WRONG_TYPE, key, Fields.describe(call), "a function call with name and arguments");
            }
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("type", "function");
            object.put("function", Json.map(function));
            calls.add(object);
        }
        return calls;
    }
}
