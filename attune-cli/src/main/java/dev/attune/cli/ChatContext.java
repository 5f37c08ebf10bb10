package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.ConversationEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a conversation within a model's context: the oldest turns are removed, the system message and the last message stay.
 *
 * @param positions the model's longest text, in tokens
 * @param newTokens how many of them the answer may take
 */
record ChatContext(ConversationEncoder encoder, int positions, int newTokens) {
    /**
     * The conversation; if it is too long, without its oldest turns.
     *
     * @throws BadInputException if the last message alone is too long
     */
    List<Message> fitted(List<Message> messages) {
        List<Message> kept = new ArrayList<>(messages);
        while (tokens(kept) > room()) {
            if (!dropOldestTurn(kept)) {
                throw BadInputException.at(
                        "message",
                        tokens(kept) + " tokens",
                        "at most " + room() + ", which leaves " + newTokens + " of the model's " + positions
                                + " positions for the answer",
                        "shorten it or lower --max-new-tokens");
            }
        }
        return kept;
    }

    private int room() {
        return Math.max(1, positions - newTokens);
    }

    private int tokens(List<Message> messages) {
        return encoder.prompt(new Prompt.Chat(messages)).length;
    }

    /** Removes the first message that is not the system's, and what follows it up to the next user message. */
    private static boolean dropOldestTurn(List<Message> messages) {
        int first = 0;
        while (first < messages.size() && messages.get(first).role().equals("system")) {
            first++;
        }
        if (first >= messages.size() - 1) {
            return false;
        }
        do {
            messages.remove(first);
        } while (first < messages.size() - 1 && !messages.get(first).role().equals("user"));
        return true;
    }
}
