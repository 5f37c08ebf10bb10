package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.TargetBatch;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Episodes that pass through the policy together, in an update.
 *
 * @param policy on this worker, with its own gradients
 * @param hidden the policy's hidden states at the states of the batch, {@code [tokens, width]}, with gradient
 * @param further the gradient by {@code hidden} of a critic on the policy's backbone, or null; it is part of the backward
 *     pass of the policy's loss
 * @param coefficient beta of the KL penalty
 * @param finite stops the run if a loss is not finite
 */
public record MicroBatch(
        CausalLm policy,
        TargetBatch batch,
        List<Episode> episodes,
        Tensor hidden,
        @Nullable Tensor further,
        double coefficient,
        FiniteLosses finite) {

    /** One number per token, of all episodes one after the other, {@code [tokens]}. */
    public Tensor join(Function<Episode, float[]> numbers) {
        return TargetBatch.join(episodes.stream().map(numbers).toList());
    }
}
