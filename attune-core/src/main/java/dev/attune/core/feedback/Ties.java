package dev.attune.core.feedback;

import dev.attune.core.text.ConfigNamed;

/** What a tie in a ranking becomes. */
public enum Ties implements ConfigNamed {
    /** No pair. */
    NONE,
    /** A pair at probability 0.5. */
    HALF;

    @Override
    public String configName() {
        return this == NONE ? "none" : "half";
    }

    @Override
    public String toString() {
        return configName();
    }

    /** Reads {@link #configName()}. */
    public static Ties parse(String configName) {
        return ConfigNamed.parse(Ties.class, "ties", configName);
    }
}
