package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** LLaMA-Factory's KTO files: a conversation or an Alpaca row whose answer {@code kto_tag} calls good (true) or bad (false). */
public final class LlamaFactoryKto implements ThirdPartyShape {
    private static final String TAG = "kto_tag";

    @Override
    public boolean matches(RowKeys row) {
        return row.has(TAG) && (LlamaFactory.hasTurns(row) || (row.has("instruction") && row.has("output")));
    }

    @Override
    public List<ObjectNode> read(RowKeys row) {
        Values.require(row, TAG);
        ObjectNode label = LlamaFactory.prompt(row);
        label.put("reward", Values.bool(row, TAG) ? 1 : 0);
        JsonNode turns = label.get("prompt");
        if (turns == null) {
            label.set("completion", Values.require(row, "output"));
            return List.of(label);
        }
        if (!turns.isArray() || turns.size() < 2) {
            throw Values.invalid("conversations", turns, "a prompt and its answer");
        }
        int last = turns.size() - 1;
        label.set("prompt", ArenaTurns.slice(turns, last));
        ArrayNode answer = Json.strict().createArrayNode();
        answer.add(turns.get(last));
        label.set("completion", answer);
        return List.of(label);
    }
}
