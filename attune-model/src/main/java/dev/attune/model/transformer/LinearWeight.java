package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The weight of a linear map as it is kept in memory. */
interface LinearWeight {
    /** x W + b in float32, with x {@code [..., in]} and b {@code [out]} or null. */
    Tensor apply(Tensor x, @Nullable Tensor bias);

    /** W in float32, {@code [in, out]}: a view if it is kept so, otherwise a new tensor. */
    Tensor inputFirst();

    /**
     * Numbers of a floating-point type.
     *
     * @param weight {@code [in, out]}
     * @param wide whether products of a narrow type are computed in float32, so that only the weight is rounded
     */
    record Dense(Tensor weight, boolean wide) implements LinearWeight {
        @Override
        public Tensor apply(Tensor x, @Nullable Tensor bias) {
            Tensor w = wide ? weight.toFloat() : weight;
            return bias == null ? Functional.product(x, w) : Functional.product(x, w, wide ? bias.toFloat() : bias);
        }

        @Override
        public Tensor inputFirst() {
            return weight.to(DType.FLOAT32);
        }
    }
}
