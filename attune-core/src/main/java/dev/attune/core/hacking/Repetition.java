package dev.attune.core.hacking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Repetition in a step's completions, counted in n-grams of three tokens.
 *
 * @param distinct distinct n-grams as a share of all, over all completions: low if completions are alike
 * @param repeated share of n-grams that occurred earlier in the same completion: high if completions repeat themselves
 */
public record Repetition(double distinct, double repeated) {
    /** Tokens per n-gram. */
    public static final int N = 3;

    /** Bits per token: enough for every vocabulary, so that an n-gram fits into one long. */
    private static final int BITS = 21;

    /** @param completions for each, the pieces that the policy wrote */
    public static Repetition of(List<List<int[]>> completions) {
        Set<Long> everywhere = new HashSet<>();
        long total = 0;
        long repeated = 0;
        for (List<int[]> completion : completions) {
            Set<Long> here = new HashSet<>();
            for (int[] piece : completion) {
                for (int i = 0; i + N <= piece.length; i++) {
                    long run = ((long) piece[i] << (2 * BITS)) | ((long) piece[i + 1] << BITS) | piece[i + 2];
                    repeated += here.add(run) ? 0 : 1;
                    total++;
                }
            }
            everywhere.addAll(here);
        }
        return total == 0
                ? new Repetition(1, 0)
                : new Repetition((double) everywhere.size() / total, (double) repeated / total);
    }
}
