package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the last dimension.
 *
 * @param weight {@code [in, out]}
 */
record Projection(Tensor weight, @Nullable Tensor bias) {
    Tensor apply(Tensor x) {
        return bias == null ? Functional.product(x, weight) : Functional.product(x, weight, bias);
    }
}
