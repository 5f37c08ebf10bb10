package dev.attune.training.reward;

import dev.attune.model.tensor.Randomness;
import dev.attune.model.transformer.RewardSequence;
import java.util.Arrays;
import java.util.List;

/**
 * The training completions over which a reward model's scores are normalised: all of them, or a random sample
 * determined by the seed.
 *
 * @param sequences prompt and completion as tokens, in the order of the data
 * @param population number of training completions
 */
record ReferenceSample(List<RewardSequence> sequences, int population, long seed) {
    static final int MAX_SIZE = 512;

    static ReferenceSample of(List<Comparison> comparisons, long seed) {
        List<RewardSequence> all = comparisons.stream()
                .flatMap(comparison -> comparison.sequences().stream())
                .toList();
        if (all.size() <= MAX_SIZE) {
            return new ReferenceSample(all, all.size(), seed);
        }
        int[] order = Randomness.of(seed, "normalization").permutation(all.size());
        List<RewardSequence> sample =
                Arrays.stream(order, 0, MAX_SIZE).sorted().mapToObj(all::get).toList();
        return new ReferenceSample(sample, all.size(), seed);
    }

    /** The sample in words, as in "512 of 3400 training completions, sampled with seed 7". */
    String describe() {
        return sequences.size() == population
                ? "all " + population + " training completions"
                : sequences.size() + " of " + population + " training completions, sampled with seed " + seed;
    }
}
