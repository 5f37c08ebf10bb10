package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.data.raw.SpeakerRoles;
import dev.attune.core.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the prompts of LLaMA-Factory's rows, in the ShareGPT and the Alpaca layout. */
final class LlamaFactory {
    private static final List<String> TURNS = List.of("conversations", "messages");
    private static final List<String> CONTEXT =
            List.of("input", "history", "system", "tools", "images", "videos", "audios");

    private LlamaFactory() {}

    static boolean hasTurns(RowKeys row) {
        return row.first(TURNS) != null;
    }

    /** Refuses a conversation that ends with an answer, because the row has separate answers. */
    static void requireQuestion(ObjectNode object) {
        JsonNode turns = object.get("prompt");
        JsonNode last = turns != null && turns.isArray() && !turns.isEmpty() ? turns.get(turns.size() - 1) : null;
        String speaker =
                last == null ? "" : last.path("from").asString(last.path("role").asString(""));
        if (SpeakerRoles.ASSISTANT.equals(SpeakerRoles.of(speaker))) {
            throw Values.invalid("conversations", last, "a last turn that the answers follow");
        }
    }

    /** An object with the prompt of the conversation, or the instruction, and its context columns. */
    static ObjectNode prompt(RowKeys row) {
        ObjectNode object = Json.strict().createObjectNode();
        boolean turns = hasTurns(row);
        object.set(
                turns ? "prompt" : "instruction",
                turns ? Values.requireFirst(row, TURNS) : Values.require(row, "instruction"));
        for (String key : CONTEXT) {
            boolean alpacaOnly = key.equals("input") || key.equals("history");
            JsonNode value = turns && alpacaOnly ? null : row.take(key);
            if (value != null) {
                object.set(key, value);
            }
        }
        return object;
    }
}
