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

    /** W in the type of its products, {@code [in, out]}; null if products of copies in blocks would differ. */
    default @Nullable Tensor multiplied() {
        return null;
    }

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

        @Override
        public @Nullable Tensor multiplied() {
            return wide && weight.dtype() != DType.FLOAT32 ? null : weight;
        }
    }

    /**
     * Numbers of a floating-point type, as embeddings and heads are kept.
     *
     * @param weight {@code [out, in]}
     * @param wide as in {@link Dense}
     */
    record OutputFirst(Tensor weight, boolean wide) implements LinearWeight {
        @Override
        public Tensor apply(Tensor x, @Nullable Tensor bias) {
            return turned().apply(x, bias);
        }

        @Override
        public Tensor inputFirst() {
            return turned().inputFirst();
        }

        @Override
        public @Nullable Tensor multiplied() {
            return turned().multiplied();
        }

        private Dense turned() {
            return new Dense(weight.transpose(0, 1), wide);
        }
    }
}
