package dev.attune.model.constraint;

import java.util.BitSet;

/** Which tokens may come next in one sequence. Has the state of the sequence so far; for one thread at a time. */
public interface TokenConstraint {
    /**
     * The tokens that may come next.
     *
     * @param budget the number of tokens that may still come, this one included, at least 1: as long as it is possible, a token
     *     after which the text cannot be completed within the budget is left out
     * @return ids; at least one unless {@link #isComplete()}. Belongs to the caller until the next call
     */
    BitSet allowed(int budget);

    /**
     * Notes that this token came next.
     *
     * @throws IllegalArgumentException if it may not
     */
    void accept(int token);

    /** Whether the text is complete and nothing may follow. */
    boolean isComplete();

    /** Whether the text is valid as it is, so that an end token may follow. True if {@link #isComplete()}. */
    boolean mayEnd();
}
