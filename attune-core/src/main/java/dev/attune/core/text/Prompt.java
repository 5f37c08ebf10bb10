package dev.attune.core.text;

import java.util.List;

/** What is asked: plain text that the model continues, or a conversation that a chat template renders. */
public sealed interface Prompt {
    /** Text that goes to the model as it stands. */
    record Text(String text) implements Prompt {
        @Override
        public List<Message> messages() {
            return List.of(Message.user(text));
        }
    }

    /** Messages whose next turn is the assistant's. */
    record Chat(List<Message> messages) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
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
