package dev.attune.training.losses;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;

/**
 * The negative log-likelihood of tokens: - sum log p(target). It is a sum, in nats; the caller divides by the number of
 * targets of the whole batch, so that the loss does not depend on how a batch is split.
 */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * @param logits {@code [targets, vocab]} at the positions before the targets
     * @param targets int64 {@code [targets]}
     * @return rank 0
     */
    public static Tensor sum(Tensor logits, Tensor targets) {
        return Functional.logProbabilities(logits, targets).sum().negate();
    }
}
