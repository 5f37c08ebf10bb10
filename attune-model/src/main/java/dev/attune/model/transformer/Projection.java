package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** An affine map of the last dimension; {@code transposed} if the weight is {@code [in, out]}. */
record Projection(Tensor weight, @Nullable Tensor bias, boolean transposed) {
    Tensor apply(Tensor x) {
        return Functional.linear(x, transposed ? weight.transpose(0, 1) : weight, bias);
    }
}
