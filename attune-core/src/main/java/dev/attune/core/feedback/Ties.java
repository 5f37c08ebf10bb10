package dev.attune.core.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;

/** What a tie in a ranking becomes. */
public enum Ties {
    /** No pair. */
    NONE,
    /** A pair at probability 0.5. */
    HALF;

    /** The name that recipes, flags and records use. */
    @JsonValue
    public String word() {
        return this == NONE ? "none" : "half";
    }

    @Override
    public String toString() {
        return word();
    }

    /** Reads {@link #word()}. */
    public static Ties parse(String word) {
        for (Ties ties : values()) {
            if (ties.word().equalsIgnoreCase(word)) {
                return ties;
            }
        }
        throw BadInputException.at("ties", "'" + word + "'", "none or half", "write one of the two");
    }
}
