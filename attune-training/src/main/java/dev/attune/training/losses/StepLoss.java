package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;

/**
 * Binary cross-entropy of the steps of solutions. With the logit z of a step and y = 1 if it is correct, else 0,
 *
 * <pre>
 *   L = sum ( - y log sigma(z) - (1 - y) log sigma(-z) )
 * </pre>
 *
 * It is a sum over labelled steps; the caller divides by their number in the whole batch.
 */
public final class StepLoss {
    private StepLoss() {}

    /**
     * @param logits of labelled steps, {@code [steps]}
     * @param correct 1 or 0, {@code [steps]}
     * @return rank 0
     */
    public static Tensor sum(Tensor logits, Tensor correct) {
        Tensor sign = correct.times(2).minus(1);
        return logits.times(sign).logSigmoid().sum().negate();
    }
}
