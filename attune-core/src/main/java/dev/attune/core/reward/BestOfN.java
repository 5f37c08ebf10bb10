package dev.attune.core.reward;

import org.jspecify.annotations.Nullable;

/**
 * Best-of-n sampling: the completion with the highest score among n. The lowest index wins a tie, so that a repeat chooses
 * the same one.
 */
public final class BestOfN {
    private BestOfN() {}

    /**
     * The index of the best completion, or -1 if all scores are missing.
     *
     * @param scores NaN is a missing score, which is never chosen
     */
    public static int best(double... scores) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i]) && (best < 0 || scores[i] > scores[best])) {
                best = i;
            }
        }
        return best;
    }

    /** The index of the worst completion by the same rules: the lowest index wins a tie; -1 if all scores are missing. */
    public static int worst(double... scores) {
        int worst = -1;
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i]) && (worst < 0 || scores[i] < scores[worst])) {
                worst = i;
            }
        }
        return worst;
    }

    /**
     * The best and the worst completion as a pair for preference learning (online DPO, rejection sampling).
     *
     * @return null if no two scores differ: equal completions are no pair, whatever their order
     */
    public static @Nullable Pair pair(double... scores) {
        int best = best(scores);
        int worst = worst(scores);
        return best < 0 || scores[best] == scores[worst] ? null : new Pair(best, worst);
    }

    /** The indices of a preferred and of a rejected completion. */
    public record Pair(int chosen, int rejected) {}

    /**
     * The upper bound of the KL divergence between best-of-n and the policy, log n - (n - 1) / n, in nats (arXiv
     * 2112.09332, section 3.4; exact for n distinct scores).
     *
     * @param n distinct draws, at least 1: copies of a completion do not count
     */
    public static double klBound(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("best of " + n);
        }
        return Math.log(n) - (n - 1.0) / n;
    }
}
