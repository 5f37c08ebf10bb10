package dev.attune.core.feedback;

import dev.attune.core.text.Worded;

/** How much the pairs of a prompt weigh. */
public enum PairWeights implements Worded {
    /** All pairs of one prompt weigh 1 together, so that a ranking of 9 counts no more than one of 2. */
    PER_PROMPT("prompt"),
    /** Each pair weighs 1. */
    PER_PAIR("pair");

    private final String word;

    PairWeights(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word();
    }

    /** Reads {@link #word()}. */
    public static PairWeights parse(String word) {
        return Worded.parse(PairWeights.class, "weights", word);
    }
}
