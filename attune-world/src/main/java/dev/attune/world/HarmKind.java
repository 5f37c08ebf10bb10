package dev.attune.world;

import java.util.Locale;

/** The kinds of harm that a request can ask for: mild and storybook-like. */
public enum HarmKind {
    POISON,
    BURN,
    FORGE,
    STEAL,
    SLANDER,
    INTRUDE,
    SABOTAGE;

    /** The section of the word lists. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
