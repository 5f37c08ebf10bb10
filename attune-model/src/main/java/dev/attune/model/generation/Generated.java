package dev.attune.model.generation;

import dev.attune.core.model.TextCompletion;

/**
 * A prompt with its generated completion.
 *
 * @param prompt token ids
 * @param tokens generated ids, the end token included if one was produced
 * @param logProbs natural-log probability of each generated token under the sampling temperature (1 when greedy),
 *     before any filter or penalty
 * @param stop why generation ended
 */
public record Generated(int[] prompt, int[] tokens, float[] logProbs, TextCompletion.StopReason stop) {
    /** Natural-log probability of the whole completion. */
    public double logProbability() {
        double sum = 0;
        for (float logProb : logProbs) {
            sum += logProb;
        }
        return sum;
    }

    /** The generated ids without the end token. */
    public int[] content() {
        int length = stop == TextCompletion.StopReason.END_TOKEN ? tokens.length - 1 : tokens.length;
        return java.util.Arrays.copyOf(tokens, length);
    }
}
