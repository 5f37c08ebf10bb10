package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * A policy-gradient objective: one term per sampled token, to be minimised. How the terms are summed is the matter of
 * {@link LossAggregation}; the KL term is added by {@link KlTerm}.
 */
public interface PolicyObjective {
    /** The terms of a batch. Whole sequences must be in one batch, since ratios may be those of sequences. */
    Terms terms(PolicyTokens tokens);

    /** The level of its ratio, for the correction of the KL term and for logs. */
    RatioLevel level();

    /**
     * What an objective computes.
     *
     * @param losses {@code [tokens]}, with gradient
     * @param ratios pi / pi_old at the objective's level, {@code [tokens]}, with gradient
     * @param clippedLow 1 where the lower bound stopped the gradient, {@code [tokens]}, without gradient
     * @param clippedHigh 1 where the upper bound stopped the gradient, {@code [tokens]}, without gradient
     * @param clampedExponents the number of log-ratios outside [-20, 20], rank 0, without gradient
     */
    record Terms(Tensor losses, Tensor ratios, Tensor clippedLow, Tensor clippedHigh, Tensor clampedExponents) {
        /** Terms of an objective that clips nothing. */
        static Terms unclipped(Tensor losses, RatioLevel.Ratios ratios) {
            Tensor none = losses.detach().times(0);
            return new Terms(losses, ratios.perToken(), none, none, ratios.clamped());
        }

        /** 1 where either bound stopped the gradient, {@code [tokens]}. */
        public Tensor clipped() {
            return clippedLow.plus(clippedHigh);
        }
    }
}
