package dev.attune.model.transformer;

import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Tensor;
import java.util.List;

/** The token ids of cached sequences, and the version of the rotary frequencies for which they were computed. */
final class TokenHistory implements AutoCloseable {
    private Tensor ids;
    private List<Long> version = List.of();

    /** @param capacity maximum number of tokens per row */
    TokenHistory(long rows, long capacity) {
        this.ids = Tensor.zeros(DType.INT64, rows, capacity).retain();
    }

    /** Writes ids {@code [rows, time]} after the first {@code length} ones. */
    void append(Tensor tokens, long length) {
        ids.narrow(1, length, tokens.size(1)).copyInPlace(tokens);
    }

    /** The first {@code length} ids of each row. */
    Tensor first(long length) {
        return ids.narrow(1, 0, length).copy();
    }

    void computedFor(List<Long> frequencies) {
        version = frequencies;
    }

    boolean isComputedFor(List<Long> frequencies) {
        return version.equals(frequencies);
    }

    void keepRows(Tensor index) {
        Tensor kept = ids.indexSelect(0, index).retain();
        ids.close();
        ids = kept;
    }

    @Override
    public void close() {
        ids.close();
    }
}
