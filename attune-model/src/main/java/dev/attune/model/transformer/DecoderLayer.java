package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One layer: attention and feed-forward, each normalised and added to the residual stream. */
record DecoderLayer(
        Norm attentionNorm,
        AttentionBlock attention,
        @Nullable Norm afterAttention,
        Norm mlpNorm,
        FeedForward mlp,
        @Nullable Norm afterMlp,
        boolean parallel) {

    /** @param attend attention within the batch, or to the cache */
    Tensor apply(Tensor x, UnaryOperator<Tensor> attend) {
        Tensor mixed = attend.apply(attentionNorm.apply(x));
        if (parallel) {
            return mlp.apply(mlpNorm.apply(x)).plus(mixed).plus(x);
        }
        Tensor y = x.plus(afterAttention == null ? mixed : afterAttention.apply(mixed));
        Tensor thought = mlp.apply(mlpNorm.apply(y));
        return y.plus(afterMlp == null ? thought : afterMlp.apply(thought));
    }
}
