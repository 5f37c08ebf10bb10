package dev.attune.serve.tool;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.serve.model.ModelTexts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat template knows of tools and writes between {@link ToolText#OPEN tags}, found by rendering.
 *
 * @param tools whether it describes the functions of a request
 * @param calls whether it writes the calls of earlier turns
 */
public record ToolTemplate(boolean tools, boolean calls) {
    private static final String PROBE = "probe7function";

    public static ToolTemplate of(ModelTexts texts) {
        if (!texts.hasTemplate()) {
            return new ToolTemplate(false, false);
        }
        Map<String, @Nullable Object> function = Map.of(
                "name",
                PROBE,
                "description",
                "a function",
                "parameters",
                Map.of("type", "object", "properties", Map.of("a", Map.of("type", "string", "description", "a text"))));
        Map<String, @Nullable Object> tool = Map.of("type", "function", "function", function);
        List<Message> asked = List.of(Message.user("a"));
        boolean tools = shows(texts, new Prompt.Chat(asked, List.of(tool)));
        return new ToolTemplate(tools, writesCalls(texts, Map.of()) || writesCalls(texts, "{}"));
    }

    private static boolean writesCalls(ModelTexts texts, Object arguments) {
        Map<String, @Nullable Object> call = Map.of(
                "id", "call_abcde", "type", "function", "function", Map.of("name", PROBE, "arguments", arguments));
        return shows(
                texts,
                new Prompt.Chat(List.of(
                        Message.user("a"),
                        new Message("assistant", "", Map.of("tool_calls", List.of(call))),
                        new Message("tool", "b", Map.of("tool_call_id", "call_abcde", "name", "other7function")))));
    }

    private static boolean shows(ModelTexts texts, Prompt prompt) {
        String text = texts.rendered(prompt);
        return text != null && text.contains(PROBE) && text.contains(ToolText.OPEN);
    }
}
