package dev.attune.core.data;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of messages: {@code role} and {@code content}, or ShareGPT's {@code from} and {@code value}. */
final class Turns {
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("system", "system"),
            Map.entry("developer", "developer"),
            Map.entry("user", "user"),
            Map.entry("human", "user"),
            Map.entry("assistant", "assistant"),
            Map.entry("gpt", "assistant"),
            Map.entry("chatgpt", "assistant"),
            Map.entry("model", "assistant"),
            Map.entry("bing", "assistant"),
            Map.entry("bard", "assistant"),
            Map.entry("tool", "tool"),
            Map.entry("function", "tool"),
            Map.entry("observation", "tool"));

    private Turns() {}

    /** Whether a value is a list whose first element looks like a message. */
    static boolean areTurns(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && (value.get(0).has("role") || value.get(0).has("from"));
    }

    static boolean areShareGpt(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.get(0).has("from");
    }

    static List<Message> read(JsonNode value, String key) {
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            messages.add(message(value.get(i), key + "[" + i + "]"));
        }
        return messages;
    }

    /** A prompt as text or as messages. */
    static Prompt prompt(ObjectNode row, String key) {
        JsonNode value = Fields.value(row, key);
        return value.isArray() ? new Prompt.Chat(read(value, key)) : new Prompt.Text(Fields.text(value, key));
    }

    /** The last message's content; a problem unless it is the assistant's. */
    static String answer(List<Message> messages, String key) {
        if (messages.isEmpty()) {
            throw new RowProblem(Fault.Kind.NO_ANSWER, key, "no messages", "a last message by the assistant");
        }
        Message last = messages.get(messages.size() - 1);
        if (!last.role().equals("assistant")) {
            throw new RowProblem(
                    Fault.Kind.NO_ANSWER, key, "a last message by '" + last.role() + "'", "one by the assistant");
        }
        return last.content();
    }

    private static Message message(JsonNode value, String key) {
        if (!(value instanceof ObjectNode message)) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "an object with role and content");
        }
        boolean shareGpt = Fields.has(message, "from");
        String role = Fields.text(message, shareGpt ? "from" : "role");
        String known = ROLES.get(role.toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new RowProblem(
                    Fault.Kind.UNKNOWN_ROLE, key, "the role '" + role + "'", "system, user, assistant or tool");
        }
        return new Message(known, content(message, shareGpt ? "value" : "content"));
    }

    /** Content as a text, or as a list of parts of which all are texts. */
    private static String content(ObjectNode message, String key) {
        JsonNode content = Fields.value(message, key);
        if (!content.isArray()) {
            return Fields.text(content, key);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!(part instanceof ObjectNode object) || !Fields.has(object, "text")) {
                throw new RowProblem(Fault.Kind.WRONG_TYPE, key, "a part that is no text", "texts only");
            }
            text.append(Fields.text(object, "text"));
        }
        return text.toString();
    }
}
