package dev.attune.core.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;

/** How much the pairs of a prompt weigh. */
public enum PairWeights {
    /** All pairs of one prompt weigh 1 together, so that a ranking of 9 counts no more than one of 2. */
    PER_PROMPT("prompt"),
    /** Each pair weighs 1. */
    PER_PAIR("pair");

    private final String word;

    PairWeights(String word) {
        this.word = word;
    }

    /** The name that recipes, flags and records use. */
    @JsonValue
    public String word() {
        return word;
    }

    @Override
    public String toString() {
        return word();
    }

    /** Reads {@link #word()}. */
    public static PairWeights parse(String word) {
        for (PairWeights weights : values()) {
            if (weights.word.equalsIgnoreCase(word)) {
                return weights;
            }
        }
        throw BadInputException.at("weights", "'" + word + "'", "prompt or pair", "write one of the two");
    }
}
