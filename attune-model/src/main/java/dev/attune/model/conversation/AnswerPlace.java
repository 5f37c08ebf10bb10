package dev.attune.model.conversation;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;

/** Finds the index of the last answer in a rendered conversation, by rendering it again with another answer. */
final class AnswerPlace {
    private static final String OTHER = "Azx7answer";

    private AnswerPlace() {}

    /**
     * The index at which the answer begins, leading white space that the template cuts off not counted.
     *
     * @param text the rendered conversation
     * @return the text's length if the index cannot be determined
     */
    static int find(ConversationRenderer renderer, Conversation conversation, String text, Message answer) {
        Message other = new Message(answer.role(), OTHER, answer.fields());
        String replaced;
        try {
            replaced = renderer.render(
                            conversation
                                    .first(conversation.messages().size() - 1)
                                    .with(other),
                            false)
                    .text();
        } catch (RefusedConversationException e) {
            return text.length();
        }
        int place = replaced.lastIndexOf(OTHER);
        return place >= 0 && text.startsWith(replaced.substring(0, place)) ? place : text.length();
    }
}
