package dev.attune.serve.tool;

import dev.attune.model.constraint.TokenConstraint;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A call between its tags, or an answer of another form, as the first token decides. No answer begins as the tag does. */
final class CallOrAnswer implements TokenConstraint {
    private final MarkerTokens marker;
    private final FreeCallConstraint call;
    private final TokenConstraint answer;
    private final BitSet first;

    private @Nullable TokenConstraint chosen;
    private int matched;

    /**
     * @param call that is complete after one call
     * @param first the tokens with which the tag may begin
     */
    CallOrAnswer(MarkerTokens marker, FreeCallConstraint call, TokenConstraint answer, BitSet first) {
        this.marker = marker;
        this.call = call;
        this.answer = answer;
        this.first = first;
    }

    @Override
    public BitSet allowed(int budget) {
        if (chosen == null) {
            BitSet both = (BitSet) answer.allowed(budget).clone();
            both.or(first);
            return both;
        }
        return chosen == call && !marker.complete(matched) ? marker.continuing(matched) : chosen.allowed(budget);
    }

    @Override
    public void accept(int token) {
        if (chosen == null) {
            chosen = first.get(token) ? call : answer;
        }
        if (chosen == call && !marker.complete(matched)) {
            matched = marker.next(matched, token);
        }
        chosen.accept(token);
    }

    @Override
    public boolean mayEnd() {
        return chosen == answer ? answer.mayEnd() : isComplete();
    }

    @Override
    public boolean isComplete() {
        return chosen != null && chosen.isComplete();
    }
}
