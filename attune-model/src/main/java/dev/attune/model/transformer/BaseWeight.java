package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.function.Supplier;

/**
 * The weight of a linear map or an embedding in a frozen base.
 *
 * @param stored the matrix that contains it, float32 {@code [in, out]}; belongs to the open scope
 * @param from the first of its outputs in the matrix
 * @param outputs their number
 */
public record BaseWeight(Supplier<Tensor> stored, long from, long outputs) {
    /** @param outputFirst whether the tensor is {@code [out, in]} */
    static BaseWeight whole(Tensor stored, boolean outputFirst) {
        return outputFirst
                ? new BaseWeight(() -> stored.transpose(0, 1).toFloat(), 0, stored.size(0))
                : new BaseWeight(stored::toFloat, 0, stored.size(1));
    }

    /** Float32 {@code [in, out]}, a view if it is stored in float32; belongs to the open scope. */
    public Tensor inputFirst() {
        return stored.get().narrow(1, from, outputs);
    }
}
