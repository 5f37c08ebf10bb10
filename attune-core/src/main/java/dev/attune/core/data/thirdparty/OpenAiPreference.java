package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's preference fine-tuning files: {@code input} with messages, {@code preferred_output}, {@code non_preferred_output}. */
public final class OpenAiPreference implements ThirdPartyShape {
    @Override
    public boolean matches(RowKeys row) {
        return row.has("input") && row.has("preferred_output") && row.has("non_preferred_output");
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        JsonNode input = Values.require(row, "input");
        ObjectNode pair = Json.strict().createObjectNode();
        pair.set("prompt", input);
        if (input instanceof ObjectNode object) {
            RowKeys keys = new RowKeys(object);
            pair.set("prompt", Values.require(keys, "messages"));
            JsonNode tools = keys.take("tools");
            if (tools != null) {
                pair.set("tools", tools);
            }
            row.unusedInside("input.", keys);
        }
        pair.set("chosen", Values.require(row, "preferred_output"));
        pair.set("rejected", Values.require(row, "non_preferred_output"));
        return List.of(pair);
    }
}
