package dev.attune.core.feedback;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** How several labelers of one prompt are combined. */
public enum Votes implements ConfigNamed {
    /** Not at all: each labeler's rankings give their own pairs. */
    SEPARATE,
    /** The majority decides a pair, at probability 1; equal votes are a tie. */
    MAJORITY,
    /** The majority decides a pair, at the probability of its share of the votes, ties counting half. */
    SOFT;

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return configName();
    }

    /** Reads {@link #configName()}. */
    public static Votes parse(String configName) {
        return ConfigNamed.parse(Votes.class, "votes", configName);
    }
}
