package dev.attune.training.losses;

import java.util.Arrays;

/**
 * The sequences of one optimiser update: what a {@link LossAggregation} needs to know before the first forward pass. It
 * covers the whole accumulation window, whatever the micro-batches are.
 *
 * @param tokens scored tokens of each sequence; 0 for a masked one, which still counts as a sequence
 * @param batches the batch to which each sequence belongs, from 0 on: only {@code bnpo} averages over batches. TRL's
 *     batches are those of one forward pass on one device; all 0: the window is one batch
 * @param maxLength the longest completion that may be sampled, in tokens: only {@code dr_grpo} divides by it
 * @param generationTokens scored tokens of the whole generation batch, of which the window is a part
 * @param generationShare the window's part of the generation batch, in (0, 1]
 */
public record LossWindow(int[] tokens, int[] batches, int maxLength, long generationTokens, double generationShare) {
    public LossWindow {
        tokens = tokens.clone();
        batches = batches.clone();
        if (tokens.length == 0 || Arrays.stream(tokens).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a window of the token counts " + Arrays.toString(tokens));
        }
        if (batches.length != tokens.length) {
            throw new IllegalArgumentException(batches.length + " batches for " + tokens.length + " sequences");
        }
        if (!(generationShare > 0 && generationShare <= 1)) {
            throw new IllegalArgumentException("a window that is " + generationShare + " of its generation batch");
        }
    }

    /** A window that is its whole generation batch and one batch; its longest sequence is the longest possible. */
    public static LossWindow of(int... tokens) {
        int longest = Arrays.stream(tokens).max().orElse(0);
        long total = Arrays.stream(tokens).asLongStream().sum();
        return new LossWindow(tokens, new int[tokens.length], longest, total, 1);
    }

    /**
     * A copy whose masked sequences have no scored tokens: they leave every sum and every count of tokens, and stay in
     * counts of sequences.
     *
     * @param masked for each sequence, for example whether it was cut off by the length limit
     */
    public LossWindow withMasked(boolean[] masked) {
        int[] left = tokens.clone();
        long removed = 0;
        for (int i = 0; i < left.length; i++) {
            if (masked[i]) {
                removed += left[i];
                left[i] = 0;
            }
        }
        return new LossWindow(left, batches, maxLength, generationTokens - removed, generationShare);
    }

    /** A copy with batches: see {@link #batches}. */
    public LossWindow withBatches(int... batchOfSequence) {
        return new LossWindow(tokens, batchOfSequence, maxLength, generationTokens, generationShare);
    }

    /** A copy with another length limit of completions. */
    public LossWindow withMaxLength(int limit) {
        return new LossWindow(tokens, batches, limit, generationTokens, generationShare);
    }

    /** A copy that is a part of a generation batch with this many scored (unmasked) tokens. */
    public LossWindow withGeneration(long scoredTokens, double share) {
        return new LossWindow(tokens, batches, maxLength, scoredTokens, share);
    }
}
