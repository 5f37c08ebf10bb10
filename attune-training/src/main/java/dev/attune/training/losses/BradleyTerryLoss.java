package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * Pairs under the Bradley-Terry model, sigma(s_c - s_r) being the probability that the chosen completion is better. With
 * the label's probability p, the margin m and the weight w of each pair,
 *
 * <pre>
 *   L = sum w * ( - p log sigma(s_c - s_r - m) - (1 - p) log sigma(s_r - s_c + m) )
 * </pre>
 *
 * It is a sum; the caller divides by the weights of the whole batch.
 */
public final class BradleyTerryLoss {
    private BradleyTerryLoss() {}

    /**
     * @param chosen scores {@code [pairs]}
     * @param rejected scores {@code [pairs]}
     * @param probability that chosen is better, {@code [pairs]}; 1 for hard labels
     * @param margin by which chosen should win, {@code [pairs]}; 0 for none
     * @param weight {@code [pairs]}
     * @return rank 0
     */
    public static Tensor sum(Tensor chosen, Tensor rejected, Tensor probability, Tensor margin, Tensor weight) {
        Tensor lead = chosen.minus(rejected).minus(margin);
        Tensor ifBetter = lead.logSigmoid().times(probability);
        Tensor ifWorse = lead.negate().logSigmoid().times(probability.negate().plus(1));
        return ifBetter.plus(ifWorse).times(weight).sum().negate();
    }

    /**
     * The centring term (Eisenstein et al., arXiv 2312.09244): sum w (s_c + s_r)^2, which keeps scores near 0 without
     * changing their differences.
     */
    public static Tensor centering(Tensor chosen, Tensor rejected, Tensor weight) {
        return chosen.plus(rejected).square().times(weight).sum();
    }
}
