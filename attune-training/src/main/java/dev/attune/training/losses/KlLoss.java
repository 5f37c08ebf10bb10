package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.kl.KlEstimator;

/**
 * The KL penalty as a term of the loss: the sum over tokens of {@link KlEstimator} with gradient, clamped as there. The
 * caller divides by the tokens of the whole minibatch.
 */
public final class KlLoss {
    private KlLoss() {}

    /**
     * @param logProbabilities under the policy being trained, {@code [tokens]}
     * @param referenceLogProbabilities without gradient, {@code [tokens]}
     * @return rank 0
     */
    public static Tensor sum(KlEstimator estimator, Tensor logProbabilities, Tensor referenceLogProbabilities) {
        Tensor x = logProbabilities
                .minus(referenceLogProbabilities)
                .clamp(-KlEstimator.MAX_LOG_RATIO, KlEstimator.MAX_LOG_RATIO);
        Tensor estimate =
                switch (estimator) {
                    case K1 -> x;
                    case K2 -> x.square().times(0.5);
                    case K3 -> x.negate().exp().minus(1).plus(x).clamp(-KlEstimator.MAX_K3, KlEstimator.MAX_K3);
                };
        return estimate.sum();
    }
}
