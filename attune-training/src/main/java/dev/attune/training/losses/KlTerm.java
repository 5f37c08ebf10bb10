package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.kl.KlEstimator;

/**
 * The KL penalty of each token as a term of the loss, by a {@link KlEstimator} with gradient. Unlike {@link KlLoss} it
 * limits only the exponent, x = log pi - log pi_ref, to [-20, 20], and has no bound on k3, as TRL.
 *
 * @param estimator k3 in GRPO (arXiv 2402.03300, eq. 4); k1 has no expected gradient on the policy's own samples
 * @param corrected whether the estimate is multiplied by the objective's ratio with its gradient, so that the gradient is
 *     that of the KL divergence also for samples of an older policy (DeepSeek-V3.2, arXiv 2512.02556; TRL's
 *     {@code use_bias_correction_kl}). Even where the ratio is 1 the gradient differs from the plain estimate's
 */
public record KlTerm(KlEstimator estimator, boolean corrected) {
    /**
     * Per-token penalties, without coefficient.
     *
     * @param estimates {@code [tokens]}, with gradient: the quantity that is optimised and logged
     * @param clampedExponents the number of log-ratios outside [-20, 20], rank 0, without gradient
     */
    public record Estimates(Tensor estimates, Tensor clampedExponents) {}

    /** TRL's default. */
    public static KlTerm defaults() {
        return new KlTerm(KlEstimator.K3, true);
    }

    /**
     * @param logProbabilities under the policy being trained, {@code [tokens]}
     * @param referenceLogProbabilities without gradient, {@code [tokens]}
     * @param ratios those of {@link PolicyObjective.Terms}, used if the term is corrected
     */
    public Estimates of(Tensor logProbabilities, Tensor referenceLogProbabilities, Tensor ratios) {
        Tensor exponents = logProbabilities.minus(referenceLogProbabilities);
        Tensor x = exponents.clamp(-RatioLevel.MAX_EXPONENT, RatioLevel.MAX_EXPONENT);
        Tensor estimate =
                switch (estimator) {
                    case K1 -> x;
                    case K2 -> x.square().times(0.5);
                    case K3 -> x.negate().exp().minus(1).plus(x);
                };
        return new Estimates(corrected ? estimate.times(ratios) : estimate, RatioLevel.clamped(exponents));
    }
}
