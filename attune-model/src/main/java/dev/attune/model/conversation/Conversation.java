package dev.attune.model.conversation;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages with the tools that they may call.
 *
 * @param tools as in {@link Prompt.Chat}
 */
public record Conversation(List<Message> messages, List<Map<String, @Nullable Object>> tools) {
    static final String ASSISTANT = "assistant";

    public Conversation {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    static Conversation of(Prompt.Chat prompt) {
        return new Conversation(prompt.messages(), prompt.tools());
    }

    /** The first messages. */
    Conversation first(int count) {
        return new Conversation(messages.subList(0, count), tools);
    }

    /** The conversation with one more message. */
    Conversation with(Message message) {
        List<Message> longer = new ArrayList<>(messages);
        longer.add(message);
        return new Conversation(longer, tools);
    }

    boolean endsWithAssistant() {
        return !messages.isEmpty() && isAssistant(messages.size() - 1);
    }

    boolean isAssistant(int index) {
        return messages.get(index).role().equals(ASSISTANT);
    }
}
