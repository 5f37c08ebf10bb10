package dev.attune.training.preference;

import dev.attune.training.losses.PreferenceMetrics;
import dev.attune.training.losses.PreferencePairs;
import java.util.Map;

/**
 * What is measured on pairs beside the loss, as sums.
 *
 * @param loss the pairs' part of the step's loss
 * @param largestReward the largest absolute reward
 */
record PairFigures(double loss, PreferenceMetrics metrics, double largestReward) {
    static final PairFigures NONE = new PairFigures(0, PreferenceMetrics.NONE, 0);

    static PairFigures of(double loss, PreferencePairs pairs, double beta) {
        double largest = 0;
        if (pairs.referenceChosen() != null) {
            for (double ratio : pairs.chosenRatio().toDoubles()) {
                largest = Math.max(largest, beta * Math.abs(ratio));
            }
            for (double ratio : pairs.rejectedRatio().toDoubles()) {
                largest = Math.max(largest, beta * Math.abs(ratio));
            }
        }
        return new PairFigures(loss, PreferenceMetrics.of(pairs, beta), largest);
    }

    PairFigures plus(PairFigures other) {
        return new PairFigures(
                loss + other.loss, metrics.plus(other.metrics), Math.max(largestReward, other.largestReward));
    }

    /**
     * The means over pairs under the names of metrics.jsonl.
     *
     * @param prefix {@code eval_} for held-out pairs
     */
    void putInto(Map<String, Double> values, String prefix, boolean reference) {
        PreferenceMetrics mean = metrics.mean();
        values.put(prefix + "loss", loss);
        values.put(prefix + "rewards/chosen", mean.chosenReward());
        values.put(prefix + "rewards/rejected", mean.rejectedReward());
        values.put(prefix + "rewards/accuracies", mean.correct());
        values.put(prefix + "rewards/margins", mean.margin());
        values.put(prefix + "logps/chosen", mean.chosenLogProbability());
        values.put(prefix + "logps/rejected", mean.rejectedLogProbability());
        if (reference) {
            values.put(prefix + "logps/chosen_fell", mean.chosenFell());
        }
        values.put(prefix + "lengths/chosen", mean.chosenTokens());
        values.put(prefix + "lengths/rejected", mean.rejectedTokens());
    }
}
