package dev.attune.core.data;

import dev.attune.core.data.raw.RowKeys;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of messages, and the answer with which a conversation ends. */
final class Turns {
    /** Keys of a message that carry part of the answer, which a plain text cannot hold. */
    private static final List<String> CONTENT = List.of(
            "tool_calls", "function_call", "reasoning_content", "reasoning", "thinking", "refusal", "audio", "images");

    private static final Set<String> BODIES =
            Set.of("content", "value", "tool_calls", "function_call", "text", "parts");

    private Turns() {}

    /** Whether a value is a list whose first element looks like a message. */
    static boolean areTurns(JsonNode value) {
        return value.isArray() && !value.isEmpty() && isTurn(value.get(0));
    }

    /** Whether a value is an object with the keys of a message. */
    static boolean isTurn(JsonNode value) {
        return value.has("role")
                ? BODIES.stream().anyMatch(value::has)
                : value.has("from") && (value.has("value") || value.has("content"));
    }

    static boolean areShareGpt(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.get(0).has("from");
    }

    /** A list of messages, or one message. */
    static List<Message> read(JsonNode value, String key) {
        if (isTurn(value)) {
            return List.of(MessageParser.read(value, key));
        }
        if (!value.isArray()) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            messages.add(MessageParser.read(value.get(i), key + "[" + i + "]"));
        }
        return messages;
    }

    /** A prompt as text, as messages, or as an object of messages and tools. */
    static Prompt prompt(ObjectNode row, String key) {
        JsonNode value = Fields.value(row, key);
        if (value instanceof ObjectNode object && Fields.has(object, "messages")) {
            return new Prompt.Chat(read(Fields.value(object, "messages"), key), Tools.read(object, "tools"));
        }
        return value.isArray() || isTurn(value) ? new Prompt.Chat(read(value, key)) : new Prompt.Text(text(value, key));
    }

    /** A text of a prompt or an answer; one that begins like a list of messages and is malformed is a problem. */
    static String text(JsonNode value, String key) {
        String text = Fields.text(value, key);
        if (Cells.looksLikeMessages(text)) {
            boolean malformed = Cells.container(value).isString();
            if (malformed) {
                throw new RowProblem(
                        Fault.Kind.WRONG_TYPE,
                        key,
                        "a text that begins like a list of messages and is malformed",
                        "a list of messages as JSON or as Python prints it, or a plain text");
            }
        }
        return text;
    }

    /** The last message; a problem unless it is the assistant's. */
    static Message last(List<Message> messages, String key) {
        if (messages.isEmpty()) {
            throw new RowProblem(Fault.Kind.NO_ANSWER, key, "no messages", "a last message by the assistant");
        }
        Message last = messages.get(messages.size() - 1);
        if (!last.role().equals("assistant")) {
            throw new RowProblem(
                    Fault.Kind.NO_ANSWER, key, "a last message by '" + last.role() + "'", "one by the assistant");
        }
        return last;
    }

    /** The content of the last message; a problem if a plain text cannot express the message. */
    static String answer(RowKeys row, List<Message> messages, String key) {
        return plain(row, last(messages, key), key);
    }

    /** The content of a message whose other keys do not belong to the text; they are reported as unused. */
    static String plain(RowKeys row, Message message, String key) {
        for (String name : message.fields().keySet()) {
            if (CONTENT.contains(name)) {
                throw new RowProblem(
                        Fault.Kind.WRONG_TYPE,
                        key,
                        "an answer with " + name,
                        "an answer that is text alone (only messages and sharegpt rows hold " + name + ")");
            }
            row.unusedInside(key + "[]." + name);
        }
        return message.content();
    }

    /** Whether a plain text holds the whole message. */
    static boolean isPlain(Message message) {
        return message.fields().keySet().stream().noneMatch(CONTENT::contains);
    }

    /** An answer as text, as one message by the assistant, or as a list of one. */
    static String completion(RowKeys row, String key) {
        JsonNode value = Fields.value(row.object(), row.use(key));
        if (!value.isArray() && !isTurn(value)) {
            return text(value, key);
        }
        List<Message> messages = read(value, key);
        if (messages.size() > 1) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, messages.size() + " messages", "one");
        }
        return answer(row, messages, key);
    }
}
