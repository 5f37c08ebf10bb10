package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The change that an {@link Adaptation} makes to one linear map or embedding. */
public interface WeightChange {
    /**
     * The output of the changed map.
     *
     * @param input {@code [..., in]}; of an embedding int64 ids {@code [...]}
     * @param output of the base's map, {@code [..., out]}, bias included
     * @param bias the base's, {@code [out]}, or null
     */
    Tensor apply(Tensor input, Tensor output, @Nullable Tensor bias);

    /** The weight of one map that computes the same, float32 {@code [in, out]}. */
    Tensor merged();
}
