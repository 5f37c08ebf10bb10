package dev.attune.world;

import java.util.Locale;

/** The kinds of harm in harmful requests; all are mild, as in a children's story. */
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
