package dev.attune.core.hacking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much a step's completions repeat, counted in runs of three tokens.
 *
 * @param distinct different runs over all runs, all completions together: low where completions are alike
 * @param repeated share of runs that stood earlier in the same completion: high where completions go round in circles
 */
public record Repetition(double distinct, double repeated) {
    /** Tokens in a run. */
    public static final int N = 3;

    /** Enough for every vocabulary, so that a run is one number. */
    private static final int BITS = 21;

    /** @param completions each the pieces that the policy wrote */
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
