package dev.attune.model.gguf;

import java.util.List;

/**
 * A tensor's entry in the header.
 *
 * @param shape in the order of PyTorch, slowest dimension first (in the file it is the other way round)
 * @param offset of the first byte, from the start of the file
 * @param bytes length of the data
 */
public record GgufTensor(String name, List<Long> shape, BlockFormat format, long offset, long bytes) {
    public GgufTensor {
        shape = List.copyOf(shape);
    }

    /** The shape as an array, as {@code Tensor} methods take it. */
    public long[] dims() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** The number of values. */
    public long count() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
