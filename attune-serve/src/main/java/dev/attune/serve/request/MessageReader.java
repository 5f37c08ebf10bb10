package dev.attune.serve.request;

import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a chat. */
final class MessageReader {
    private static final String CONTENT = "content";
    private static final String CALLS = "tool_calls";
    private static final String OLD_CALL = "function_call";
    private static final List<String> ROLES = List.of("system", "developer", "user", "assistant", "tool", "function");

    private MessageReader() {}

    static List<Message> read(Fields request) {
        request.required("messages", "an array of messages");
        List<Message> messages = request.list("messages", MessageReader::message);
        if (messages.isEmpty()) {
            throw request.wrong("messages", "at least one message");
        }
        return messages;
    }

    static Message message(JsonNode item, String path) {
        Fields fields = Fields.at(item, path);
        String role = fields.requiredText("role");
        if (!ROLES.contains(role)) {
            throw fields.wrong("role", "one of " + String.join(", ", ROLES));
        }
        List<Map<String, @Nullable Object>> calls = calls(fields);
        String content = content(fields, role.equals("assistant") && !calls.isEmpty());
        Map<String, @Nullable Object> further = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (!List.of("role", CONTENT, CALLS, OLD_CALL).contains(name)) {
                further.put(name, value(fields.required(name, "a value")));
            }
        }
        if (!calls.isEmpty()) {
            further.put(CALLS, calls);
        }
        return new Message(name(role), content, further);
    }

    /** Templates know the role names before "developer", and "tool" instead of "function". */
    private static String name(String role) {
        return switch (role) {
            case "developer" -> "system";
            case "function" -> "tool";
            default -> role;
        };
    }

    private static @Nullable Object value(JsonNode node) {
        return Json.records().treeToValue(node, Object.class);
    }

    private static String content(Fields message, boolean optional) {
        JsonNode content = message.get(CONTENT);
        if (content == null && optional) {
            return "";
        }
        if (content != null && content.isString()) {
            return content.stringValue();
        }
        if (content == null || !content.isArray()) {
            throw message.wrong(CONTENT, "a string or an array of text parts");
        }
        return String.join("", message.list(CONTENT, MessageReader::part));
    }

    private static String part(JsonNode item, String path) {
        Fields part = Fields.at(item, path);
        String type = part.requiredText("type");
        return switch (type) {
            case "text", "refusal" -> part.requiredText(type);
            default ->
                throw ApiException.unsupported(
                        path + ".type",
                        path + ".type: found '" + type + "', expected 'text'; the model reads text alone");
        };
    }

    private static List<Map<String, @Nullable Object>> calls(Fields message) {
        Fields old = message.object(OLD_CALL);
        if (old != null) {
            return List.of(call(null, old));
        }
        return new ArrayList<>(message.list(CALLS, (item, path) -> {
            Fields call = Fields.at(item, path);
            Fields function = call.object("function");
            if (function == null) {
                throw call.wrong("function", "an object with name and arguments");
            }
            return call(call.text("id"), function);
        }));
    }

    private static Map<String, @Nullable Object> call(@Nullable String id, Fields function) {
        JsonNode arguments = function.get("arguments");
        if (arguments != null && !arguments.isString() && !arguments.isObject()) {
            throw function.wrong("arguments", "a string with JSON");
        }
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        inner.put("name", function.requiredText("name"));
        inner.put("arguments", arguments == null ? "{}" : value(arguments));
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        if (id != null) {
            call.put("id", id);
        }
        call.put("type", "function");
        call.put("function", inner);
        return call;
    }
}
