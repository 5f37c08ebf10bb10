package dev.attune.serve.route;

import dev.attune.model.constraint.TokenConstraint;
import java.util.BitSet;
import java.util.Set;

/** Lets a model think freely, for three quarters of its tokens at most, and constrains what follows. */
final class AfterThinking implements TokenConstraint {
    private final TokenConstraint answer;
    private final int open;
    private final int close;
    private final BitSet free = new BitSet();
    private boolean thinking;
    private boolean begun;
    private int reserve;

    AfterThinking(
            TokenConstraint answer, int open, int close, boolean opened, int vocabularySize, Set<Integer> endTokens) {
        this.answer = answer;
        this.open = open;
        this.close = close;
        this.thinking = opened;
        this.begun = opened;
        free.set(0, vocabularySize);
        endTokens.forEach(free::clear);
    }

    @Override
    public BitSet allowed(int budget) {
        reserve = reserve == 0 ? Math.max(1, budget / 4) : reserve;
        if (thinking) {
            return budget > reserve ? free : only(close);
        }
        BitSet allowed = answer.allowed(budget);
        if (!begun && budget > reserve) {
            BitSet more = (BitSet) allowed.clone();
            more.set(open);
            return more;
        }
        return allowed;
    }

    private static BitSet only(int id) {
        BitSet one = new BitSet();
        one.set(id);
        return one;
    }

    @Override
    public void accept(int token) {
        boolean first = !begun;
        begun = true;
        if (thinking) {
            thinking = token != close;
        } else if (first && token == open) {
            thinking = true;
        } else {
            answer.accept(token);
        }
    }

    @Override
    public boolean mayEnd() {
        return !thinking && answer.mayEnd();
    }

    @Override
    public boolean isComplete() {
        return !thinking && answer.isComplete();
    }
}
