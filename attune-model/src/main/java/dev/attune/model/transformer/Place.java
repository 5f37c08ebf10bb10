package dev.attune.model.transformer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import java.util.Arrays;

/** The place of a weight in a buffer: the offset of its first element, its shape and its strides, in elements. */
@SuppressWarnings("ArrayRecordComponent")
record Place(long offset, long[] shape, long[] strides) {
    static Place contiguous(long offset, long... shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int dim = shape.length - 1; dim >= 0; dim--) {
            strides[dim] = stride;
            stride *= shape[dim];
        }
        return new Place(offset, shape, strides);
    }

    /** The same place, {@code distance} elements later. */
    Place later(long distance) {
        return new Place(offset + distance, shape, strides);
    }

    /** The weight at this place, without the gradient of the buffer; the caller closes it. */
    Tensor in(Tensor buffer) {
        try (NoGrad off = NoGrad.on()) {
            return buffer.strided(shape, strides, offset).detach().retain();
        }
    }

    long count() {
        return elements(shape);
    }

    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
}
