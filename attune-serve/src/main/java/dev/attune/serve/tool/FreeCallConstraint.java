package dev.attune.serve.tool;

import dev.attune.model.constraint.TokenConstraint;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Leaves a text free, except for calls: what follows their tag is an instance of a schema, and then the closing tag. */
final class FreeCallConstraint implements TokenConstraint {
    private final MarkerTokens marker;
    private final Supplier<TokenConstraint> calls;
    private final int[] closing;
    private final boolean parallel;

    private int matched;
    private @Nullable TokenConstraint call;
    private int closed = -1;
    private boolean done;

    /**
     * @param calls makes the constraint of one call
     * @param closing the tokens of the closing tag
     * @param parallel whether text and calls may follow a call
     */
    FreeCallConstraint(MarkerTokens marker, Supplier<TokenConstraint> calls, int[] closing, boolean parallel) {
        this.marker = marker;
        this.calls = calls;
        this.closing = closing;
        this.parallel = parallel;
    }

    @Override
    public BitSet allowed(int budget) {
        if (closed >= 0) {
            BitSet one = new BitSet();
            one.set(closing[closed]);
            return one;
        }
        return call == null ? marker.allowed(matched) : call.allowed(Math.max(1, budget - closing.length));
    }

    @Override
    public void accept(int token) {
        if (closed >= 0) {
            closed++;
            if (closed == closing.length) {
                closed = -1;
                done = !parallel;
            }
            return;
        }
        TokenConstraint current = call;
        if (current != null) {
            current.accept(token);
            if (current.isComplete()) {
                call = null;
                closed = 0;
            }
            return;
        }
        matched = marker.next(matched, token);
        if (marker.complete(matched)) {
            matched = 0;
            call = calls.get();
        }
    }

    @Override
    public boolean mayEnd() {
        return call == null && closed < 0;
    }

    @Override
    public boolean isComplete() {
        return done;
    }
}
