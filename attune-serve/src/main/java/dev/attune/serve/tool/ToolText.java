package dev.attune.serve.tool;

import dev.attune.core.json.Json;
import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Functions, calls and results as text, for chat templates without them; docs/serving.md shows it. */
public final class ToolText {
    public static final String OPEN = "<tool_call>";
    public static final String CLOSE = "</tool_call>";
    static final String CALLS = "tool_calls";

    private ToolText() {}

    /** The messages with a description of the functions at the end of the system message, or in a new one. */
    public static List<Message> describe(List<Message> messages, List<Tool> tools) {
        List<Message> described = new ArrayList<>(messages);
        String text = description(tools);
        if (!messages.isEmpty() && messages.get(0).role().equals("system")) {
            Message first = messages.get(0);
            described.set(0, new Message("system", first.content() + "\n\n" + text, first.fields()));
        } else {
            described.add(0, new Message("system", text));
        }
        return described;
    }

    private static String description(List<Tool> tools) {
        StringBuilder text = new StringBuilder("You can call these functions, one JSON object per line:\n");
        for (Tool tool : tools) {
            text.append(Json.line(tool.json().getOrDefault("function", Map.of())))
                    .append('\n');
        }
        return text + "To call a function, write its name and its arguments as JSON between tags:\n" + OPEN
                + "{\"name\": \"NAME\", \"arguments\": {...}}" + CLOSE;
    }

    /** Messages with calls as text of the assistant, and results as text of the user. */
    public static List<Message> history(List<Message> messages) {
        List<Message> plain = new ArrayList<>();
        for (Message message : messages) {
            if (message.fields().get(CALLS) instanceof List<?> calls && !calls.isEmpty()) {
                plain.add(withText(message, calls));
            } else if (message.role().equals("tool")) {
                plain.add(new Message("user", "<tool_response>" + message.content() + "</tool_response>"));
            } else {
                plain.add(message);
            }
        }
        return plain;
    }

    private static Message withText(Message message, List<?> calls) {
        StringBuilder text = new StringBuilder(message.content());
        for (Object call : calls) {
            Map<String, @Nullable Object> written = new LinkedHashMap<>();
            Map<?, ?> function = function(call);
            written.put("name", function.get("name"));
            written.put("arguments", parsed(function.get("arguments")));
            text.append(text.isEmpty() ? "" : "\n")
                    .append(OPEN)
                    .append(Json.line(written))
                    .append(CLOSE);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(message.fields());
        fields.remove(CALLS);
        return new Message(message.role(), text.toString(), fields);
    }

    /** Messages with the arguments of calls as objects, which most templates expect; unparsable ones stay text. */
    public static List<Message> withParsedArguments(List<Message> messages) {
        return messages.stream().map(ToolText::withParsedArguments).toList();
    }

    private static Message withParsedArguments(Message message) {
        if (!(message.fields().get(CALLS) instanceof List<?> calls)) {
            return message;
        }
        List<@Nullable Object> parsed = new ArrayList<>();
        for (Object call : calls) {
            Map<String, @Nullable Object> function = copy(function(call));
            function.put("arguments", parsed(function.get("arguments")));
            Map<String, @Nullable Object> copy = copy((Map<?, ?>) call);
            copy.put("function", function);
            parsed.add(copy);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(message.fields());
        fields.put(CALLS, parsed);
        return new Message(message.role(), message.content(), fields);
    }

    private static Map<?, ?> function(Object call) {
        return call instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function ? function : Map.of();
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static @Nullable Object parsed(@Nullable Object arguments) {
        if (!(arguments instanceof String text)) {
            return arguments;
        }
        try {
            return Json.map(Json.tree(text));
        } catch (JacksonException | IllegalArgumentException e) {
            return text;
        }
    }
}
