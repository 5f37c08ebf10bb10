package dev.attune.model.template;

import dev.attune.core.text.Message;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input of a chat template, as transformers' {@code apply_chat_template} passes it.
 *
 * @param messages JSON objects with {@code role}, {@code content} and further keys
 * @param tools JSON objects; empty: none are passed
 * @param addGenerationPrompt whether to add the generation prompt, which begins the assistant's turn
 * @param options further variables by name, such as {@code enable_thinking} or {@code documents}
 * @param date the date for {@code strftime_now}; null: a template that calls it is refused
 */
public record TemplateInput(
        List<Map<String, @Nullable Object>> messages,
        List<Map<String, @Nullable Object>> tools,
        boolean addGenerationPrompt,
        Map<String, @Nullable Object> options,
        @Nullable LocalDateTime date) {
    private static final String CONTENT = "content";

    /** Messages without tools and options. */
    public static TemplateInput of(List<Message> messages, boolean addGenerationPrompt) {
        return new TemplateInput(
                messages.stream().map(TemplateInput::object).toList(), List.of(), addGenerationPrompt, Map.of(), null);
    }

    /**
     * A message as the JSON object that templates read. A message that only calls tools has null content, as in
     * OpenAI's format.
     */
    public static Map<String, @Nullable Object> object(Message message) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("role", message.role());
        boolean callsOnly = message.content().isEmpty()
                && message.fields().get("tool_calls") instanceof List<?> calls
                && !calls.isEmpty();
        object.put(CONTENT, callsOnly ? null : message.content());
        object.putAll(message.fields());
        return object;
    }

    /** The variables of the template, with integers as Long and fractions as Double. */
    Map<String, @Nullable Object> variables(Map<String, String> specialTokens) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>(specialTokens);
        variables.put("tools", null);
        variables.put("documents", null);
        options.forEach((name, value) -> variables.put(name, plain(value)));
        variables.put("messages", plain(messages));
        if (!tools.isEmpty()) {
            variables.put("tools", plain(tools));
        }
        variables.put("add_generation_prompt", addGenerationPrompt);
        return variables;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(plain(item)));
            return copy;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof Number number && !(value instanceof Long) ? (Object) number.doubleValue() : value;
    }
}
