package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One layer: attention and feed-forward, each normalised before, after or both, multiplied by a constant and added to
 * the residual stream.
 *
 * @param parallel whether both read the layer's input; without {@code mlpNorm} both read it after {@code attentionNorm}
 * @param factor on the outputs of attention and feed-forward
 */
record DecoderLayer(
        @Nullable Norm attentionNorm,
        AttentionBlock attention,
        @Nullable Norm afterAttention,
        @Nullable Norm mlpNorm,
        MlpBlock mlp,
        @Nullable Norm afterMlp,
        boolean parallel,
        double factor) {

    /** @param attend attention within the batch, or to the cache */
    Tensor apply(Tensor x, UnaryOperator<Tensor> attend) {
        Tensor read = normed(attentionNorm, x);
        Tensor mixed = attend.apply(read);
        if (parallel) {
            return mlp.apply(mlpNorm == null ? read : mlpNorm.apply(x))
                    .plus(mixed)
                    .plus(x);
        }
        Tensor y = x.plus(scaled(normed(afterAttention, mixed)));
        return y.plus(scaled(normed(afterMlp, mlp.apply(normed(mlpNorm, y)))));
    }

    private static Tensor normed(@Nullable Norm norm, Tensor x) {
        return norm == null ? x : norm.apply(x);
    }

    private Tensor scaled(Tensor output) {
        return factor == 1 ? output : output.times(factor);
    }
}
