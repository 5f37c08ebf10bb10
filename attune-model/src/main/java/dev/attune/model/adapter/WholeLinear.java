package dev.attune.model.adapter;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.WeightChange;
import org.jspecify.annotations.Nullable;

/**
 * A linear map that is trained as a whole in place of the base's.
 *
 * @param weight as in the checkpoint
 * @param inputFirst whether the weight is {@code [in, out]}
 */
record WholeLinear(
        Tensor weight, boolean inputFirst, @Nullable Tensor own) implements WeightChange {
    @Override
    public Tensor apply(Tensor x, Tensor y, @Nullable Tensor bias) {
        Tensor product = Functional.product(x, merged());
        return own == null ? product : product.plus(own);
    }

    @Override
    public Tensor merged() {
        return inputFirst ? weight : weight.transpose(0, 1);
    }
}
