package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import java.util.function.Predicate;

/**
 * How a model's weights are kept in memory. Trained weights are float32 and have gradients; the others may be in another
 * type and have none.
 *
 * @param frozenType of the weights that are not trained: FLOAT32 or BFLOAT16
 * @param trained by the name of a weight in the checkpoint
 */
public record WeightStorage(DType frozenType, Predicate<String> trained) {
    /** All weights in float32, and all can be trained. */
    public static WeightStorage trainable() {
        return new WeightStorage(DType.FLOAT32, name -> true);
    }

    /** No weight is trained. */
    public static WeightStorage frozen(DType type) {
        return new WeightStorage(type, name -> false);
    }

    /** All weights in one type: float32, which can be trained, or another, which cannot. */
    public static WeightStorage of(DType type) {
        return type == DType.FLOAT32 ? trainable() : frozen(type);
    }
}
