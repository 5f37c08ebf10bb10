package dev.attune.model.conversation;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.TextSpan;
import dev.attune.model.tokenizer.TokenizedText;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the tokens of single turns in a whole conversation: by the template's own {@code generation} marks, or by
 * rendering the first messages, which must give a prefix of the tokens of the whole conversation.
 */
final class TurnMasks {
    private final ConversationRenderer renderer;
    private final Tokenizer tokenizer;
    private final Conversation conversation;
    private final RenderedConversation rendered;
    private final TokenizedText whole;

    TurnMasks(
            ConversationRenderer renderer,
            Tokenizer tokenizer,
            Conversation conversation,
            RenderedConversation rendered,
            TokenizedText whole) {
        this.renderer = renderer;
        this.tokenizer = tokenizer;
        this.conversation = conversation;
        this.rendered = rendered;
        this.whole = whole;
    }

    /** The tokens of all assistant turns that are learned. */
    int[] assistantTurns() {
        int[] mask = new int[whole.length()];
        for (int i = 0; i < conversation.messages().size(); i++) {
            if (conversation.isAssistant(i) && conversation.messages().get(i).learned()) {
                fill(mask, i, true, 1);
            }
        }
        return mask;
    }

    /** All tokens but those of messages with weight 0. */
    int[] allButUnlearned() {
        int[] mask = new int[whole.length()];
        Arrays.fill(mask, 1);
        for (int i = 0; i < conversation.messages().size(); i++) {
            if (!conversation.messages().get(i).learned()) {
                fill(mask, i, conversation.isAssistant(i), 0);
            }
        }
        return mask;
    }

    /**
     * The tokens that overlap the template's marks, as transformers' {@code return_assistant_tokens_mask} finds them.
     */
    int[] marked(List<TextSpan> generated) {
        boolean perMessage = generated.size()
                == conversation.messages().stream()
                        .filter(message -> message.role().equals(Conversation.ASSISTANT))
                        .count();
        int[] mask = new int[whole.length()];
        int message = -1;
        for (TextSpan span : generated) {
            message = perMessage ? nextAssistant(message) : message;
            if (perMessage && !conversation.messages().get(message).learned()) {
                continue;
            }
            fill(mask, span);
        }
        if (!perMessage && conversation.messages().stream().anyMatch(m -> !m.learned())) {
            throw new RefusedConversationException(
                    "conversation",
                    "a message has weight 0, and the template does not mark one stretch per assistant message",
                    "remove the weight or set loss_on: last");
        }
        return mask;
    }

    private int nextAssistant(int message) {
        int next = message + 1;
        while (!conversation.isAssistant(next)) {
            next++;
        }
        return next;
    }

    private void fill(int[] mask, TextSpan span) {
        if (span.length() == 0) {
            return;
        }
        int covering = whole.tokenAt(span.start());
        int first = covering >= 0 ? covering : whole.firstEndingAfter(span.start());
        int last = whole.tokenAt(span.end() - 1);
        int end = last >= 0 ? last + 1 : whole.firstEndingAfter(span.end() - 1);
        Arrays.fill(mask, Math.min(first, end), end, 1);
    }

    /** Sets the mask of a message's tokens; for the assistant's messages they begin after the generation prompt. */
    private void fill(int[] mask, int message, boolean assistant, int value) {
        int from = message == 0 && !assistant ? 0 : prefix(message, assistant, message);
        int to = prefix(message + 1, false, message);
        if (from > to) {
            throw inconsistent(message);
        }
        Arrays.fill(mask, from, to, value);
    }

    private int prefix(int messages, boolean prompt, int message) {
        if (messages == 0) {
            throw new RefusedConversationException(
                    "conversation",
                    "it begins with the assistant's turn, so that no rendered prompt shows where that turn begins",
                    "give that message weight 0, or set loss_on: last");
        }
        if (messages == conversation.messages().size() && !prompt) {
            return whole.length();
        }
        RenderedConversation first = renderer.render(conversation.first(messages), prompt);
        int[] ids = first.tokens(tokenizer).ids();
        if (!rendered.beginsWith(whole, first, ids)) {
            throw inconsistent(message);
        }
        return ids.length;
    }

    private static RefusedConversationException inconsistent(int message) {
        return new RefusedConversationException(
                "conversation",
                "message " + (message + 1)
                        + " cannot be told apart by tokens: the template renders the messages up to it"
                        + " otherwise than in the whole conversation, and has no generation marks",
                "set loss_on: last, or use a template with {% generation %} marks");
    }
}
