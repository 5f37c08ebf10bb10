package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The layout of a flat tensor {@code [tokens]} that holds the scored tokens of several sequences one after the other,
 * without padding and without tokens of the prompt or of tools. A sequence may have no tokens.
 */
public final class SequenceLengths {
    private final int[] lengths;
    private final long[] sizes;
    private final int tokens;

    private SequenceLengths(int[] lengths) {
        this.lengths = lengths.clone();
        this.sizes = Arrays.stream(lengths).asLongStream().toArray();
        this.tokens = Arrays.stream(lengths).sum();
    }

    /** @param lengths the number of tokens of each sequence, none negative */
    public static SequenceLengths of(int... lengths) {
        if (lengths.length == 0 || Arrays.stream(lengths).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("the lengths " + Arrays.toString(lengths));
        }
        return new SequenceLengths(lengths);
    }

    /** The number of sequences. */
    public int count() {
        return lengths.length;
    }

    /** The number of tokens of all sequences. */
    public int tokens() {
        return tokens;
    }

    /** The sum over each sequence's tokens, {@code [sequences]}; 0 for a sequence without tokens. */
    public Tensor sums(Tensor perToken) {
        List<Tensor> sums = new ArrayList<>(lengths.length);
        for (Tensor part : perToken.split(0, sizes)) {
            sums.add(part.sum());
        }
        return Tensor.stack(sums, 0);
    }

    /** The mean over each sequence's tokens, {@code [sequences]}; 0 for a sequence without tokens. */
    public Tensor means(Tensor perToken) {
        float[] divisors = new float[lengths.length];
        for (int i = 0; i < divisors.length; i++) {
            divisors[i] = Math.max(1, lengths[i]);
        }
        return sums(perToken).dividedBy(Tensor.of(divisors, divisors.length).to(perToken.dtype()));
    }

    /** Each sequence's value at each of its tokens, {@code [tokens]}. */
    public Tensor spread(Tensor perSequence) {
        int[] owners = new int[tokens];
        int from = 0;
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(owners, from, from + lengths[i], i);
            from += lengths[i];
        }
        return perSequence.indexSelect(0, Tensor.of(owners, tokens));
    }

    /** Each sequence's number at each of its tokens. */
    public float[] spread(double[] perSequence) {
        if (perSequence.length != lengths.length) {
            throw new IllegalArgumentException(perSequence.length + " numbers for " + lengths.length + " sequences");
        }
        float[] perToken = new float[tokens];
        int from = 0;
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(perToken, from, from + lengths[i], (float) perSequence[i]);
            from += lengths[i];
        }
        return perToken;
    }

    /**
     * The sum over all tokens of the token's value times its sequence's weight: with the weights of a
     * {@link LossAggregation} the loss of these sequences.
     *
     * @param perToken {@code [tokens]}
     * @param weights one for each sequence
     * @return rank 0
     */
    public Tensor weighted(Tensor perToken, double[] weights) {
        return perToken.times(Tensor.of(spread(weights), tokens).to(perToken.dtype()))
                .sum();
    }
}
