package dev.attune.model.conversation;

import dev.attune.core.error.RefusedConversationException;
import dev.attune.core.text.Message;
import dev.attune.model.tokenizer.TokenizedText;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the text that a template writes after an answer, by rendering answers with unique contents. */
final class EndOfTurnFinder {
    private static final String QUESTION = "Qzx7question";
    private static final String ANSWER = "Azx7answer";
    private static final String NEXT = "Nzx7question";

    private final ConversationRenderer renderer;
    private final Tokenizer tokenizer;

    EndOfTurnFinder(ConversationRenderer renderer, Tokenizer tokenizer) {
        this.renderer = renderer;
        this.tokenizer = tokenizer;
    }

    EndOfTurn find() {
        Conversation asked = new Conversation(List.of(Message.user(QUESTION)), List.of());
        Conversation answered = asked.with(Message.assistant(ANSWER));
        String whole = text(answered, false);
        int answer = whole == null ? -1 : whole.indexOf(ANSWER);
        if (whole == null || answer < 0) {
            return EndOfTurn.NONE;
        }
        String atEnd = whole.substring(answer + ANSWER.length());
        String prompt = text(asked, true);
        int begun = prompt == null ? -1 : Continuation.start(prompt, whole.substring(0, answer));
        String lead = begun < 0 ? "" : whole.substring(begun, answer);
        String longer = text(answered.with(Message.user(NEXT)), false);
        String next = longer == null ? "" : between(longer, ANSWER, NEXT);
        return new EndOfTurn(lead, next, atEnd, next.isEmpty() ? atEnd : common(next, atEnd));
    }

    private static String between(String text, String before, String behind) {
        int start = text.indexOf(before);
        int end = text.indexOf(behind, Math.max(0, start));
        return start < 0 || end < 0 ? "" : text.substring(start + before.length(), end);
    }

    private String common(String next, String atEnd) {
        TokenizedText one = tokenizer.tokenize(next);
        int[] other = tokenizer.encode(atEnd);
        int shared = 0;
        while (shared < Math.min(one.length(), other.length) && one.ids()[shared] == other[shared]) {
            shared++;
        }
        return shared == 0 ? "" : next.substring(0, one.ends()[shared - 1]);
    }

    private @Nullable String text(Conversation conversation, boolean prompt) {
        try {
            return renderer.render(conversation, prompt).text();
        } catch (RefusedConversationException e) {
            return null;
        }
    }
}
