package dev.attune.training.reward;

import dev.attune.model.tensor.Randomness;
import dev.attune.model.transformer.RewardSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Leaves out random tokens of the sequences at each step, against overfitting. The last token is kept because the score
 * is read there. The choice depends only on seed and step, not on how the step is split.
 */
final class TokenDropout {
    private final double share;
    private final Randomness source;

    /** @param share the probability with which a token is left out, in [0, 1) */
    TokenDropout(double share, long seed) {
        this.share = share;
        this.source = Randomness.of(seed, "token dropout");
    }

    /** The comparisons of a step with the remaining tokens of their sequences. */
    List<Comparison> thin(List<Comparison> batch, int step) {
        if (share == 0) {
            return batch;
        }
        SplittableRandom random = source.at(step).stream();
        List<Comparison> thinned = new ArrayList<>();
        for (Comparison comparison : batch) {
            List<RewardSequence> sequences = comparison.sequences().stream()
                    .map(sequence -> thin(sequence, random))
                    .toList();
            thinned.add(new Comparison(sequences, comparison.lengths(), comparison.pairs(), comparison.rankings()));
        }
        return thinned;
    }

    private RewardSequence thin(RewardSequence sequence, SplittableRandom random) {
        int[] tokens = sequence.tokens();
        int[] kept = new int[tokens.length];
        int count = 0;
        int start = 0;
        for (int i = 0; i < tokens.length; i++) {
            if (i == tokens.length - 1 || random.nextDouble() >= share) {
                kept[count++] = tokens[i];
                start += i < sequence.completionStart() ? 1 : 0;
            }
        }
        return new RewardSequence(Arrays.copyOf(kept, count), start);
    }
}
