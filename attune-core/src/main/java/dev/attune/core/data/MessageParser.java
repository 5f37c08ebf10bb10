package dev.attune.core.data;

import dev.attune.core.data.raw.SpeakerRoles;
import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses one message: {@code role} and {@code content}, or ShareGPT's {@code from} and {@code value}, and any further
 * keys.
 */
final class MessageParser {
    /** ShareGPT's flag: whether a message is learned. */
    private static final String TRAIN = "train";

    private MessageParser() {}

    static Message read(JsonNode value, String key) {
        if (!(value instanceof ObjectNode message)) {
            throw new RowProblem(Fault.Kind.WRONG_TYPE, key, Fields.describe(value), "an object with role and content");
        }
        String roleKey = Fields.has(message, "from") && !Fields.has(message, "role") ? "from" : "role";
        String contentKey = Fields.has(message, "value") && !Fields.has(message, "content") ? "value" : "content";
        String name = Fields.text(message, roleKey);
        String role = SpeakerRoles.of(name);
        if (role == null) {
            throw new RowProblem(
                    Fault.Kind.UNKNOWN_ROLE, key, "the role '" + name + "'", "system, user, assistant or tool");
        }
        Map<String, @Nullable Object> fields = fields(message, roleKey, contentKey, key);
        if (name.equalsIgnoreCase(SpeakerRoles.FUNCTION_CALL)) {
            fields.put("tool_calls", ToolCalls.parse(Fields.text(message, contentKey), contentKey));
            return new Message(role, "", fields);
        }
        return new Message(role, content(message, contentKey, fields), fields);
    }

    /** The other keys of the message; nulls are left out, because tables write one for every key a message lacks. */
    private static Map<String, @Nullable Object> fields(
            ObjectNode message, String roleKey, String contentKey, String key) {
        ObjectNode others = Json.strict().createObjectNode();
        message.properties().forEach(field -> {
            boolean other = !field.getKey().equals(roleKey) && !field.getKey().equals(contentKey);
            if (other && !field.getValue().isNull()) {
                others.set(field.getKey(), field.getValue());
            }
        });
        if (others.isEmpty()) {
            return new LinkedHashMap<>();
        }
        Fields.requireWellFormed(others.toString(), key);
        if (others.path(TRAIN).isBoolean() && !others.has(Message.WEIGHT)) {
            others.put(Message.WEIGHT, others.remove(TRAIN).booleanValue() ? 1 : 0);
        }
        JsonNode weight = others.get(Message.WEIGHT);
        if (weight != null && !weight.isNumber()) {
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE, key + "." + Message.WEIGHT, Fields.describe(weight), "a number");
        }
        return new LinkedHashMap<>(Json.map(others));
    }

    /** Content as a text, or as a list of parts that are all texts; it may be missing if there is a tool call. */
    private static String content(ObjectNode message, String key, Map<String, @Nullable Object> fields) {
        boolean calls = fields.containsKey("tool_calls") || fields.containsKey(SpeakerRoles.FUNCTION_CALL);
        if (calls && !Fields.has(message, key)) {
            return "";
        }
        JsonNode content = Fields.value(message, key);
        if (!content.isArray()) {
            return Fields.text(content, key);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.isString() ? Fields.text(part, key) : part(part, key));
        }
        return text.toString();
    }

    private static String part(JsonNode part, String key) {
        boolean text = part instanceof ObjectNode object
                && Fields.has(object, "text")
                && part.path("type").asString("text").equals("text");
        if (!text) {
            String type = part.path("type").asString("");
            throw new RowProblem(
                    Fault.Kind.WRONG_TYPE,
                    key,
                    "a part that is not text" + (type.isEmpty() ? "" : " (type '" + type + "')"),
                    "texts only");
        }
        return Fields.text((ObjectNode) part, "text");
    }
}
