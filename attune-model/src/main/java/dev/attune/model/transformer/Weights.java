package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;

/** The use of weights that may be stored in bfloat16; everything else is float32. */
final class Weights {
    private Weights() {}

    static Tensor float32(Tensor weight) {
        return weight.to(DType.FLOAT32);
    }

    /** Rows of a table {@code [n, width]}, in float32. */
    static Tensor embedding(Tensor table, Tensor ids) {
        return float32(Functional.embedding(table, ids));
    }
}
