package dev.attune.training.preference;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.tensor.Engine;
import dev.attune.training.models.SameModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The check that a policy which starts as its reference has rewards of 0 at the first step. */
public final class FirstStep {
    private FirstStep() {}

    /**
     * Warnings about rewards that are not 0; empty if they are, or if policy and reference differ.
     *
     * @param largestReward the largest absolute reward of the step
     * @throws RunFailedException if they are not 0 although all products are float32
     */
    public static List<String> check(int step, @Nullable Reference reference, double largestReward) {
        boolean expected = step == 1 && reference != null && reference.isStart();
        if (!expected || largestReward <= SameModel.tolerance()) {
            return List.of();
        }
        String message = "step 1: a reward of " + largestReward
                + " although policy and reference have the same weights (expected at most " + SameModel.tolerance()
                + "): they compute different log-probabilities";
        if (!Engine.productPrecision().isBfloat16()) {
            throw new RunFailedException(message);
        }
        return List.of(message);
    }
}
