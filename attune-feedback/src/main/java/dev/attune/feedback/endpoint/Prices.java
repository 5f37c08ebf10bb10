package dev.attune.feedback.endpoint;

/**
 * Prices of tokens, in any currency.
 *
 * @param promptMillion of a million tokens that the model reads, at least 0
 * @param completionMillion of a million tokens that the model writes, at least 0
 */
public record Prices(double promptMillion, double completionMillion) {
    /** Everything is free. */
    public static final Prices NONE = new Prices(0, 0);

    public Prices {
        if (!(promptMillion >= 0) || !(completionMillion >= 0)) {
            throw new IllegalArgumentException("prices of " + promptMillion + " and " + completionMillion);
        }
    }
}
