package dev.attune.training.losses;

import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The critic's loss, clipped as in OpenAI's baselines:
 *
 * <pre>
 *   L = 1/2 sum max( (V - R)^2, (V_old + clip(V - V_old, -eps, eps) - R)^2 )
 * </pre>
 *
 * Without a clip it is the textbook's 1/2 (V(s) - R)^2. A sum over tokens: the caller divides by the tokens of the whole
 * minibatch.
 *
 * @param loss rank 0, with gradient
 * @param clipped 1 if the clipped term was used, {@code [tokens]}, without gradient
 */
public record ValueLoss(Tensor loss, Tensor clipped) {
    /**
     * @param values V under the critic being trained, {@code [tokens]}
     * @param oldValues V of the rollout, {@code [tokens]}
     * @param returns R, {@code [tokens]}
     * @param clip eps; null for none
     */
    public static ValueLoss of(Tensor values, Tensor oldValues, Tensor returns, @Nullable Double clip) {
        Tensor free = values.minus(returns).square();
        if (clip == null) {
            return new ValueLoss(free.sum().times(0.5), free.detach().times(0));
        }
        Tensor near = oldValues.plus(values.minus(oldValues).clamp(-clip, clip));
        Tensor bounded = near.minus(returns).square();
        Tensor clipped = bounded.greaterThan(free).toFloat();
        return new ValueLoss(free.maximum(bounded).sum().times(0.5), clipped.detach());
    }
}
