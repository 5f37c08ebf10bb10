package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import java.util.function.Predicate;

/**
 * How a model's weights are kept in memory. Trained weights are float32 and have gradients; the others may be in another
 * type and have none.
 *
 * @param frozenType of the weights that are not trained: FLOAT32, BFLOAT16, or INT8, in which projections have 8-bit
 *     integers with a scale per output and everything else is float32
 * @param wide whether products of frozen weights are computed in float32, so that only the weights are rounded; otherwise
 *     products of weights in bfloat16 are rounded too
 * @param trained by the name of a weight in the checkpoint
 */
public record WeightStorage(DType frozenType, boolean wide, Predicate<String> trained) {
    /** One object, so that it equals itself: predicates do not. */
    private static final WeightStorage TRAINABLE = new WeightStorage(DType.FLOAT32, true, name -> true);

    /** All weights in float32, and all can be trained. */
    public static WeightStorage trainable() {
        return TRAINABLE;
    }

    /** No weight is trained, as in the base of adapted models; products are float32. */
    public static WeightStorage frozen(DType type) {
        return new WeightStorage(type, true, name -> false);
    }

    /** All weights in one type: float32, which can be trained, or bfloat16, which cannot, with products rounded to it. */
    public static WeightStorage of(DType type) {
        return type == DType.FLOAT32 ? trainable() : new WeightStorage(type, false, name -> false);
    }
}
