package dev.attune.core.stats.rates;

import dev.attune.core.error.BadInputException;

/**
 * How often a judge was right on rows whose truth is known.
 *
 * @param truePositives true positives that the judge calls positive
 * @param positives true positives in all, at least 1
 * @param trueNegatives true negatives that the judge calls negative
 * @param negatives true negatives in all, at least 1
 */
public record JudgeAccuracy(long truePositives, long positives, long trueNegatives, long negatives) {
    public JudgeAccuracy {
        if (positives < 1 || negatives < 1) {
            throw BadInputException.at(
                    "the judge's accuracy",
                    positives + " true positives and " + negatives + " true negatives",
                    "at least one of each",
                    "label more rows by hand");
        }
        if (truePositives < 0 || truePositives > positives || trueNegatives < 0 || trueNegatives > negatives) {
            throw new IllegalArgumentException("more right verdicts than rows");
        }
    }

    /** The share of true positives that the judge calls positive. */
    public double sensitivity() {
        return (double) truePositives / positives;
    }

    /** The share of true negatives that the judge calls negative. */
    public double specificity() {
        return (double) trueNegatives / negatives;
    }
}
