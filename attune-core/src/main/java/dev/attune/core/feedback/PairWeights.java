package dev.attune.core.feedback;

import dev.attune.core.text.ConfigNamed;

/** How much the pairs of a prompt weigh. */
public enum PairWeights implements ConfigNamed {
    /** All pairs of one prompt weigh 1 together, so that a ranking of 9 counts no more than one of 2. */
    PER_PROMPT("prompt"),
    /** Each pair weighs 1. */
    PER_PAIR("pair");

    private final String configName;

    PairWeights(String configName) {
        this.configName = configName;
    }

    @Override
    public String configName() {
        return configName;
    }

    @Override
    public String toString() {
        return configName();
    }

    /** Reads {@link #configName()}. */
    public static PairWeights parse(String configName) {
        return ConfigNamed.parse(PairWeights.class, "weights", configName);
    }
}
