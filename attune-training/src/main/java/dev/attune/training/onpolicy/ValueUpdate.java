package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.losses.ValueLoss;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A critic and its loss.
 *
 * @param clip how far a value may move from the rollout's before its loss is clipped; null for none
 * @param coefficient weight of the value loss
 */
public record ValueUpdate(Critic critic, @Nullable Double clip, double coefficient) {
    /**
     * Adds the gradients of the value loss to the critic's weights.
     *
     * @param onWorker this critic on a worker
     * @param hidden the policy's, {@code [tokens, width]}
     * @param tokens of the minibatch
     * @return the gradient by {@code hidden}, or null if the critic does not read it
     */
    @Nullable
    Tensor backward(
            Critic onWorker,
            TargetBatch batch,
            List<Episode> episodes,
            Tensor hidden,
            double tokens,
            UpdateStatistics statistics,
            FiniteLosses finite) {
        Tensor read = hidden.detach().requireGrad(true);
        ValueLoss loss = ValueLoss.of(
                onWorker.values(batch, read),
                TargetBatch.join(
                        episodes.stream().map(episode -> episode.values).toList()),
                TargetBatch.join(
                        episodes.stream().map(episode -> episode.returns).toList()),
                clip);
        statistics.add(loss);
        finite.require("value loss", loss.loss());
        loss.loss().times(coefficient).dividedBy(tokens).backward();
        return read.grad();
    }
}
