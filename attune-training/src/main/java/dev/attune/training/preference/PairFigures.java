package dev.attune.training.preference;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.losses.PreferenceMetrics;
import dev.attune.training.losses.PreferencePairs;
import dev.attune.training.models.SameModel;
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
        Tensor chosen = pairs.referenceChosen();
        Tensor rejected = pairs.referenceRejected();
        if (chosen == null || rejected == null) {
            return new PairFigures(loss, PreferenceMetrics.of(pairs, beta), 0);
        }
        double largest = Math.max(largest(pairs.chosenRatio()), largest(pairs.rejectedRatio()));
        PreferencePairs rounded = new PreferencePairs(
                rounded(pairs.chosen(), chosen),
                rounded(pairs.rejected(), rejected),
                chosen,
                rejected,
                pairs.chosenTokens(),
                pairs.rejectedTokens(),
                pairs.sft(),
                pairs.sftTokensPerPair());
        return new PairFigures(loss, PreferenceMetrics.of(rounded, beta), beta * largest);
    }

    private static double largest(Tensor ratios) {
        return ratios.detach().abs().max().item();
    }

    /**
     * The policy's log-probabilities, those of the reference where the two differ by no more than rounding: at the first step
     * rewards are then ties, which are not correct, and no completion fell.
     */
    private static Tensor rounded(Tensor policy, Tensor reference) {
        Tensor found = policy.detach();
        return found.where(found.minus(reference).abs().greaterThan(SameModel.tolerance()), reference);
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
