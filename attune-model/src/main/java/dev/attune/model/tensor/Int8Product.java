package dev.attune.model.tensor;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * PyTorch's product with a matrix of 8-bit integers, which reads a byte per weight. It is found by name because it is not
 * among the operations that JavaCPP maps.
 */
final class Int8Product {
    private static final String NAME = "aten::_weight_int8pack_mm";

    private Int8Product() {}

    private static final class Operation {
        static final OperatorHandle HANDLE =
                Dispatcher.singleton().findSchemaOrThrow(NAME, "").retainReference();
    }

    /**
     * x W^T.
     *
     * @param x float32 {@code [rows, in]}
     * @param numbers int8 {@code [out, in]}
     * @param scales float32 {@code [out]}
     */
    static Tensor of(Tensor x, Tensor numbers, Tensor scales) {
        IValueVector stack = new IValueVector(new IValue(x.raw()), new IValue(numbers.raw()), new IValue(scales.raw()));
        Operation.HANDLE.callBoxed(stack);
        return new Tensor(new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor()));
    }
}
