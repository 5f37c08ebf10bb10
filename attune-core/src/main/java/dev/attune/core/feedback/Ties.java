package dev.attune.core.feedback;

import dev.attune.core.text.Worded;

/** What a tie in a ranking becomes. */
public enum Ties implements Worded {
    /** No pair. */
    NONE,
    /** A pair at probability 0.5. */
    HALF;

    @Override
    public String word() {
        return this == NONE ? "none" : "half";
    }

    @Override
    public String toString() {
        return word();
    }

    /** Reads {@link #word()}. */
    public static Ties parse(String word) {
        return Worded.parse(Ties.class, "ties", word);
    }
}
