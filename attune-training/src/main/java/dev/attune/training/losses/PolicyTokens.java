package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * The input of a {@link PolicyObjective}: the scored tokens of whole sequences, one sequence after the other.
 *
 * @param logProbabilities under the policy being trained, {@code [tokens]}, with gradient
 * @param oldLogProbabilities under pi_old, the policy that sampled, {@code [tokens]}
 * @param advantages A_t, {@code [tokens]}; equal within a sequence for methods with one advantage per completion
 * @param sequences where each sequence begins and ends
 */
public record PolicyTokens(
        Tensor logProbabilities, Tensor oldLogProbabilities, Tensor advantages, SequenceLengths sequences) {
    /** Sequences with one advantage each. */
    public static PolicyTokens of(
            Tensor logProbabilities, Tensor oldLogProbabilities, double[] advantages, SequenceLengths sequences) {
        Tensor perToken = Tensor.of(sequences.spread(advantages), sequences.tokens());
        return new PolicyTokens(
                logProbabilities, oldLogProbabilities, perToken.to(logProbabilities.dtype()), sequences);
    }

    /** The advantages with the opposite sign, since losses are minimised. */
    Tensor costs() {
        return advantages.negate();
    }
}
