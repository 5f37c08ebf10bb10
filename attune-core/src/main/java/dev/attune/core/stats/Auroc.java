package dev.attune.core.stats;

/** The area under the ROC curve: how well scores order two classes. */
public final class Auroc {
    private Auroc() {}

    /**
     * The probability that a random positive has a higher score than a random negative, equal scores counted half:
     * (R - P (P + 1) / 2) / (P N), from the sum R of the ranks of the P positives among all P + N items. Undefined
     * without items of both classes.
     *
     * @param scores not NaN
     */
    public static Figure of(double[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(scores.length + " scores, " + positive.length + " labels");
        }
        double[] ranks = Ranks.of(scores);
        double sum = 0;
        long positives = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (positive[i]) {
                sum += ranks[i];
                positives++;
            }
        }
        long negatives = ranks.length - positives;
        if (positives == 0 || negatives == 0) {
            return Figure.undefined(positives + " positive and " + negatives + " negative items");
        }
        return Figure.of((sum - positives * (positives + 1) / 2.0) / ((double) positives * negatives));
    }
}
