package dev.attune.core.feedback;

import dev.attune.core.text.ConfigNamed;

/** Which pairs of a ranking become preferences. */
public enum PairChoice implements ConfigNamed {
    /** Every two completions of different groups. */
    ALL_PAIRS("all"),
    /** Each group's members against the next group's. */
    ADJACENT("adjacent"),
    /** The best group's members against all others. */
    BEST_AGAINST_REST("best");

    private final String configName;

    PairChoice(String configName) {
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
    public static PairChoice parse(String configName) {
        return ConfigNamed.parse(PairChoice.class, "pairs", configName);
    }

    /** Whether two ranked completions, the first in the group {@code better} and the other in {@code worse}, are a pair. */
    boolean takes(int better, int worse) {
        return switch (this) {
            case ALL_PAIRS -> better < worse;
            case ADJACENT -> worse == better + 1;
            case BEST_AGAINST_REST -> better == 0 && worse > 0;
        };
    }

    /** Whether two members of a group are a tied pair. */
    boolean takesTie(int group) {
        return this != BEST_AGAINST_REST || group == 0;
    }
}
