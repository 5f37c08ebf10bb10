package dev.attune.training.recipe;

import java.util.Locale;

/**
 * The data set and what is done with its rows.
 *
 * @param path a file: JSONL, JSON, CSV or Parquet, gzip or not
 * @param format its format's name; {@code auto} detects it
 * @param onFault what happens to rows that parse but cannot be used
 * @param maxLength tokens of one sequence, prompt and completion together; longer ones are a fault, and where faults are
 *     kept lose the beginning of their prompt
 * @param pairs which pairs a ranking gives
 * @param ties whether a tie gives no pair or one at probability 0.5
 * @param weights whether each prompt's pairs weigh 1 together, or each pair weighs 1
 */
public record DataSettings(
        String path, String format, OnFault onFault, int maxLength, Pairs pairs, Ties ties, Weights weights) {
    /** What happens to rows that parse but cannot be used. */
    public enum OnFault {
        DROP,
        KEEP,
        FAIL;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** Which pairs a ranking gives. */
    public enum Pairs {
        ALL,
        ADJACENT,
        BEST_AGAINST_REST;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** What a tie gives. */
    public enum Ties {
        NONE,
        HALF;

        @Override
        public String toString() {
            return written(this);
        }
    }

    /** What weighs 1. */
    public enum Weights {
        PROMPT,
        PAIR;

        @Override
        public String toString() {
            return written(this);
        }
    }

    static DataSettings read(Fields fields) {
        return new DataSettings(
                fields.requiredText("path", "a data set's file"),
                fields.text("format", "auto"),
                fields.choice("on_fault", OnFault.DROP),
                fields.integer("max_length", 512, 2),
                fields.choice("pairs", Pairs.ALL),
                fields.choice("ties", Ties.NONE),
                fields.choice("weights", Weights.PROMPT));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
