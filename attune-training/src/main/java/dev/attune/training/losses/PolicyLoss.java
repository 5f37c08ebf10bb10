package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * The clipped surrogate (Schulman et al., arXiv 1707.06347), to be minimised. With r_t = pi(a_t|s_t) / pi_old(a_t|s_t),
 *
 * <pre>
 *   L = sum max( - A_t r_t, - A_t clip(r_t, 1 - eps, 1 + eps) )
 * </pre>
 *
 * which is the negative of the textbook's min(r_t A_t, clip(r_t, 1 - eps, 1 + eps) A_t). pi_old is the policy that sampled
 * this step's rollouts. It is {@link ClippedObjective} at the level of tokens. A sum over tokens: the caller divides by the tokens of the whole minibatch.
 *
 * @param loss rank 0, with gradient
 * @param ratio r_t, {@code [tokens]}, without gradient
 * @param clipped 1 if the clipped term was used, {@code [tokens]}, without gradient
 */
public record PolicyLoss(Tensor loss, Tensor ratio, Tensor clipped) {
    /**
     * @param logProbabilities under the policy being trained, {@code [tokens]}
     * @param oldLogProbabilities under pi_old, {@code [tokens]}
     * @param advantages A_t, {@code [tokens]}
     * @param clip eps
     */
    public static PolicyLoss of(Tensor logProbabilities, Tensor oldLogProbabilities, Tensor advantages, double clip) {
        SequenceLengths tokens = SequenceLengths.of((int) logProbabilities.count());
        PolicyObjective.Terms terms = ClippedObjective.symmetric(clip)
                .terms(new PolicyTokens(logProbabilities, oldLogProbabilities, advantages, tokens));
        return new PolicyLoss(terms.losses().sum(), terms.ratios().detach(), terms.clipped());
    }
}
