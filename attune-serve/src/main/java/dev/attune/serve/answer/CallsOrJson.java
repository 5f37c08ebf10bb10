package dev.attune.serve.answer;

import org.jspecify.annotations.Nullable;

/** An answer that is a call, which begins with a tag, or JSON, in which the tag is text. */
final class CallsOrJson implements AnswerReader {
    private final AnswerReader calls;
    private final AnswerReader json;
    private @Nullable AnswerReader chosen;

    CallsOrJson(AnswerReader calls, AnswerReader json) {
        this.calls = calls;
        this.json = json;
    }

    @Override
    public void add(String text) {
        if (chosen == null && !text.isBlank()) {
            chosen = text.stripLeading().startsWith("<") ? calls : json;
        }
        if (chosen != null) {
            chosen.add(text);
        }
    }

    @Override
    public void end(boolean cut) {
        if (chosen != null) {
            chosen.end(cut);
        }
    }
}
