package dev.attune.serve.route;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.request.ChatRequest;
import dev.attune.serve.tool.Tool;
import dev.attune.serve.tool.ToolTemplate;
import dev.attune.serve.tool.ToolText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Encodes the messages and functions of a chat. */
final class ChatPrompt {
    private static final String MESSAGES = "messages";

    private ChatPrompt() {}

    static int[] tokens(ModelEntry entry, ChatRequest request, ToolTemplate template) {
        if (!entry.texts().hasTemplate()) {
            throw ApiException.invalid(
                    MESSAGES,
                    "the model '" + entry.name()
                            + "' has no chat template; ask /v1/completions, or start the server with"
                            + " --template plain | human-assistant | chatml | FILE");
        }
        new Lengths(entry, MESSAGES)
                .checkCharacters(request.messages().stream()
                        .mapToLong(message -> message.content().length())
                        .sum());
        List<Map<String, @Nullable Object>> tools =
                request.tools().shown().stream().map(Tool::json).toList();
        boolean described = !tools.isEmpty() && !template.tools();
        List<Message> messages = described
                ? ToolText.describe(request.messages(), request.tools().shown())
                : request.messages();
        List<Map<String, @Nullable Object>> rendered = described ? List.of() : tools;
        if (!template.calls()) {
            return encode(entry, new Prompt.Chat(ToolText.history(messages), rendered));
        }
        try {
            return entry.texts().prompt(new Prompt.Chat(ToolText.withParsedArguments(messages), rendered));
        } catch (RefusedConversationException e) {
            // Some templates expect the arguments of calls as text.
            return encode(entry, new Prompt.Chat(messages, rendered));
        }
    }

    private static int[] encode(ModelEntry entry, Prompt prompt) {
        try {
            return entry.texts().prompt(prompt);
        } catch (RefusedConversationException e) {
            throw ApiException.invalid(MESSAGES, MESSAGES + ": the chat template refuses them: " + e.reason());
        } catch (BadInputException e) {
            throw ApiException.invalid(MESSAGES, Objects.requireNonNull(e.getMessage()));
        }
    }
}
