package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What LLaMA-Factory's two shapes of prompts, ShareGPT's and Alpaca's, have in common. */
final class LlamaFactory {
    private static final List<String> TURNS = List.of("conversations", "messages");
    private static final List<String> BESIDE =
            List.of("input", "history", "system", "tools", "images", "videos", "audios");

    private LlamaFactory() {}

    static boolean hasTurns(RowKeys row) {
        return row.first(TURNS) != null;
    }

    /** An object with the prompt of the conversation, or the instruction, and the columns beside it. */
    static ObjectNode prompt(RowKeys row) {
        ObjectNode object = Json.strict().createObjectNode();
        boolean turns = hasTurns(row);
        object.set(
                turns ? "prompt" : "instruction",
                turns ? Values.requireFirst(row, TURNS) : Values.require(row, "instruction"));
        for (String key : BESIDE) {
            boolean alpacaOnly = key.equals("input") || key.equals("history");
            JsonNode value = turns && alpacaOnly ? null : row.take(key);
            if (value != null) {
                object.set(key, value);
            }
        }
        return object;
    }
}
