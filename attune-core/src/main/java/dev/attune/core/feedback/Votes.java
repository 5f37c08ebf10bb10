package dev.attune.core.feedback;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.attune.core.error.BadInputException;

/** How several labelers of one prompt are combined. */
public enum Votes {
    /** Not at all: each labeler's rankings give their own pairs. */
    SEPARATE,
    /** The majority decides a pair, at probability 1; equal votes are a tie. */
    MAJORITY,
    /** The majority decides a pair, at the probability of its share of the votes, ties counting half. */
    SOFT;

    /** The name that recipes, flags and records use. */
    @JsonValue
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }

    /** Reads {@link #word()}. */
    public static Votes parse(String word) {
        for (Votes votes : values()) {
            if (votes.name().equalsIgnoreCase(word)) {
                return votes;
            }
        }
        throw BadInputException.at("votes", "'" + word + "'", "separate, majority or soft", "write one of the three");
    }
}
