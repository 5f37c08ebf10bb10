package dev.attune.core.text;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A prompt: plain text that the model continues, or a conversation that a chat template renders. */
public sealed interface Prompt {
    /** Text that the model continues, without a template. */
    record Text(String text) implements Prompt {
        @Override
        public List<Message> messages() {
            return List.of(Message.user(text));
        }
    }

    /**
     * Messages whose next turn is the assistant's.
     *
     * @param tools the functions that the assistant may call, each a JSON object ({@code type}, {@code function}: name,
     *     description, parameters), as chat templates read them; empty if there are none
     */
    record Chat(List<Message> messages, List<Map<String, @Nullable Object>> tools) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }

        /** A conversation without tools. */
        public Chat(List<Message> messages) {
            this(messages, List.of());
        }
    }

    /** The prompt as a conversation: plain text becomes one message by the user. */
    List<Message> messages();

    static Prompt text(String text) {
        return new Text(text);
    }

    static Prompt chat(Message... messages) {
        return new Chat(List.of(messages));
    }
}
