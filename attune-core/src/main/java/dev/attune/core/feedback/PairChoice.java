package dev.attune.core.feedback;

import dev.attune.core.text.Worded;

/** Which pairs of a ranking become preferences. */
public enum PairChoice implements Worded {
    /** Every two completions of different groups. */
    ALL_PAIRS("all"),
    /** Each group's members against the next group's. */
    ADJACENT("adjacent"),
    /** The best group's members against all others. */
    BEST_AGAINST_REST("best");

    private final String word;

    PairChoice(String word) {
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
    public static PairChoice parse(String word) {
        return Worded.parse(PairChoice.class, "pairs", word);
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
