package dev.attune.model.safetensors;

import java.util.Arrays;
import java.util.List;

/**
 * One entry of a header.
 *
 * @param offset of the first byte, counted from the start of the file
 * @param bytes length of the data
 */
public record StoredTensor(String name, StoredType type, List<Long> shape, long offset, long bytes) {
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** The shape as an array, as {@code Tensor} methods take it. */
    public long[] dims() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Whether the shape is the given one. */
    public boolean hasShape(long... dims) {
        return Arrays.equals(dims(), dims);
    }
}
