package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The log-probabilities of preference pairs, each summed over the scored tokens of one completion (end token included,
 * prompt excluded). All tensors are {@code [pairs]}.
 *
 * @param chosen log pi of the chosen completions, with gradient
 * @param rejected log pi of the rejected completions, with gradient
 * @param referenceChosen log pi_ref of the chosen completions; null for losses without a reference
 * @param referenceRejected log pi_ref of the rejected completions; null for losses without a reference
 * @param chosenTokens scored tokens of each chosen completion, at least 1
 * @param rejectedTokens scored tokens of each rejected completion, at least 1
 * @param sft the sums that the supervised term trains: {@code chosen}, or those over prompt and completion as in ORPO
 * @param sftTokensPerPair tokens of the supervised term divided by pairs, both of the whole batch over which the loss is a
 *     mean, so that the term is a mean over tokens
 */
public record PreferencePairs(
        Tensor chosen,
        Tensor rejected,
        @Nullable Tensor referenceChosen,
        @Nullable Tensor referenceRejected,
        Tensor chosenTokens,
        Tensor rejectedTokens,
        Tensor sft,
        double sftTokensPerPair) {

    /**
     * Pairs whose supervised term trains the chosen completions, over the tokens of these pairs alone.
     *
     * @param chosenTokens one number per pair
     * @param rejectedTokens one number per pair
     */
    public static PreferencePairs of(
            Tensor chosen,
            Tensor rejected,
            @Nullable Tensor referenceChosen,
            @Nullable Tensor referenceRejected,
            int[] chosenTokens,
            int[] rejectedTokens) {
        return new PreferencePairs(
                chosen,
                rejected,
                referenceChosen,
                referenceRejected,
                counts(chosenTokens, chosen),
                counts(rejectedTokens, chosen),
                chosen,
                java.util.Arrays.stream(chosenTokens).average().orElse(1));
    }

    /** A copy with other sums for the supervised term. */
    public PreferencePairs withSft(Tensor sums, double tokensPerPair) {
        return new PreferencePairs(
                chosen,
                rejected,
                referenceChosen,
                referenceRejected,
                chosenTokens,
                rejectedTokens,
                sums,
                tokensPerPair);
    }

    /** The same pairs with chosen and rejected exchanged, for labels that hold with a probability. */
    PreferencePairs swapped() {
        return new PreferencePairs(
                rejected,
                chosen,
                referenceRejected,
                referenceChosen,
                rejectedTokens,
                chosenTokens,
                sft,
                sftTokensPerPair);
    }

    /** log pi - log pi_ref of the chosen completions. */
    public Tensor chosenRatio() {
        return chosen.minus(reference(referenceChosen));
    }

    /** log pi - log pi_ref of the rejected completions. */
    public Tensor rejectedRatio() {
        return rejected.minus(reference(referenceRejected));
    }

    /** d, the difference of the log-ratios. */
    Tensor difference() {
        return chosenRatio().minus(rejectedRatio());
    }

    /** The difference of the log-ratios averaged over each completion's own tokens. */
    Tensor averagedDifference() {
        return chosenRatio().dividedBy(chosenTokens).minus(rejectedRatio().dividedBy(rejectedTokens));
    }

    /** log pi(chosen) - log pi(rejected). */
    Tensor policyDifference() {
        return chosen.minus(rejected);
    }

    /** log pi_ref(chosen) - log pi_ref(rejected). */
    Tensor referenceDifference() {
        return reference(referenceChosen).minus(reference(referenceRejected));
    }

    private static Tensor reference(@Nullable Tensor logs) {
        if (logs == null) {
            throw new IllegalStateException("this loss needs the log-probabilities of a reference");
        }
        return logs;
    }

    private static Tensor counts(int[] tokens, Tensor like) {
        float[] counts = new float[tokens.length];
        for (int i = 0; i < counts.length; i++) {
            if (tokens[i] < 1) {
                throw new IllegalArgumentException("a completion without tokens; drop its pair");
            }
            counts[i] = tokens[i];
        }
        return Tensor.of(counts, counts.length).to(like.dtype());
    }
}
