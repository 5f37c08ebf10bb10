package dev.attune.serve.answer;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Joins the deltas of a message, as clients of streams do. */
final class ChatMessage {
    private ChatMessage() {}

    static ObjectNode join(List<ObjectNode> deltas) {
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        ArrayNode calls = JsonMapper.shared().createArrayNode();
        for (ObjectNode delta : deltas) {
            content.append(delta.path("content").asString(""));
            reasoning.append(delta.path("reasoning_content").asString(""));
            delta.path("tool_calls").forEach(call -> add(calls, call));
        }
        ObjectNode message = JsonMapper.shared().createObjectNode().put("role", "assistant");
        if (content.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", content.toString());
        }
        message.putNull("refusal");
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        return message;
    }

    private static void add(ArrayNode calls, JsonNode fragment) {
        int index = fragment.get("index").intValue();
        if (index == calls.size()) {
            ObjectNode call = ((ObjectNode) fragment).deepCopy();
            call.remove("index");
            calls.add(call);
            return;
        }
        ObjectNode function = (ObjectNode) calls.get(index).get("function");
        String more = fragment.get("function").get("arguments").stringValue();
        function.put("arguments", function.get("arguments").stringValue() + more);
    }
}
