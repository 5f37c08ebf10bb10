package dev.attune.model.transformer;

import dev.attune.model.config.ModelConfig;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key-value cache of a batch of left-padded sequences, in buffers of their final size. Owns its tensors.
 *
 * <p>With rotary embeddings that depend on the length (longrope, dynamic) it also holds the token ids: when the
 * frequencies change, cached keys and values are void, and the model computes them again.
 */
public final class KeyValueCache implements AutoCloseable {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final DType type;
    private long capacity;
    private @Nullable Tensor mask;
    private @Nullable Tensor leadingPads;
    private final @Nullable TokenHistory history;
    private long length;

    /**
     * @param rows number of sequences
     * @param capacity maximum number of tokens per sequence, padding included
     * @param type FLOAT32, or BFLOAT16, which takes half the memory
     */
    public KeyValueCache(ModelConfig config, long rows, long capacity, DType type) {
        this.capacity = capacity;
        this.type = type;
        for (int layer = 0; layer < config.layers(); layer++) {
            keys.add(buffer(config, rows));
            values.add(buffer(config, rows));
        }
        this.history =
                LayerAngles.dependOnLength(config.architecture().ropes()) ? new TokenHistory(rows, capacity) : null;
    }

    private Tensor buffer(ModelConfig config, long rows) {
        return Tensor.empty(
                        type,
                        Engine.device(),
                        rows,
                        config.attention().kvHeads(),
                        capacity,
                        config.attention().headDim())
                .retain();
    }

    /** The type of the keys, values and mask. */
    DType type() {
        return type;
    }

    /** The number of tokens per sequence, padding included. */
    public long length() {
        return length;
    }

    public long capacity() {
        return capacity;
    }

    /**
     * Makes room for so many tokens in all, at least twice the present room if there is too little. For a cache without
     * padding, of a model whose rotary embeddings do not depend on the length.
     *
     * @param limit that the room does not pass, at least {@code tokens}
     */
    public void reserve(long tokens, long limit) {
        if (tokens <= capacity) {
            return;
        }
        if (mask != null || history != null) {
            throw new IllegalStateException("a cache with padding or a history has its final size");
        }
        long larger = Math.min(limit, Math.max(tokens, 2 * capacity));
        keys.replaceAll(buffer -> enlarged(buffer, larger));
        values.replaceAll(buffer -> enlarged(buffer, larger));
        capacity = larger;
    }

    private Tensor enlarged(Tensor buffer, long larger) {
        try (Scope scope = Scope.open()) {
            Tensor result = Tensor.empty(type, Engine.device(), buffer.size(0), buffer.size(1), larger, buffer.size(3));
            result.narrow(2, 0, length).copyInPlace(buffer.narrow(2, 0, length));
            buffer.close();
            return scope.keep(result);
        }
    }

    /**
     * The keys and values of some tokens, copied: of each layer {@code [rows, kvHeads, count, headDim]}, keys first. They
     * belong to the caller.
     */
    public List<Tensor> copy(long from, long count) {
        List<Tensor> copies = new ArrayList<>();
        for (int layer = 0; layer < keys.size(); layer++) {
            for (Tensor buffer : List.of(keys.get(layer), values.get(layer))) {
                try (Scope scope = Scope.open()) {
                    copies.add(scope.keep(buffer.narrow(2, from, count).copy()));
                }
            }
        }
        return copies;
    }

    /** Appends tokens that were {@linkplain #copy copied} from a cache in which the same tokens came before them. */
    public void append(List<Tensor> copied) {
        try (Scope scope = Scope.open()) {
            for (int layer = 0; layer < keys.size(); layer++) {
                append(layer, copied.get(2 * layer), copied.get(2 * layer + 1));
            }
        }
        length += copied.get(0).size(2);
    }

    /** Keeps only the rows at these int64 indices, in their order. */
    public void keepRows(Tensor index) {
        for (int layer = 0; layer < keys.size(); layer++) {
            keys.set(layer, compact(keys.get(layer), index));
            values.set(layer, compact(values.get(layer), index));
        }
        mask = selected(mask, index);
        leadingPads = selected(leadingPads, index);
        if (history != null) {
            history.keepRows(index);
        }
    }

    /** The token ids, or null if the rotary embeddings do not depend on the length. */
    @Nullable
    TokenHistory history() {
        return history;
    }

    /** Forgets everything but the token ids, and returns the mask of the first {@code time} tokens of each row. */
    Tensor restart(long time) {
        Tensor real = leadingPads == null
                ? Tensor.ones(keys.get(0).size(0), time)
                : Tensor.arange(time).unsqueeze(0).lessThan(leadingPads).not();
        closePadding();
        mask = null;
        leadingPads = null;
        length = 0;
        return real.toLong();
    }

    private Tensor compact(Tensor buffer, Tensor index) {
        try (Scope scope = Scope.open()) {
            Tensor kept = buffer.narrow(2, 0, length).indexSelect(0, index);
            Tensor result =
                    Tensor.empty(type, Engine.device(), index.count(), buffer.size(1), capacity, buffer.size(3));
            result.narrow(2, 0, length).copyInPlace(kept);
            buffer.close();
            return scope.keep(result);
        }
    }

    private static @Nullable Tensor selected(@Nullable Tensor tensor, Tensor index) {
        if (tensor == null) {
            return null;
        }
        Tensor result = tensor.indexSelect(0, index).retain();
        tensor.close();
        return result;
    }

    /** Sets the mask of the prompts; without a call, or with null, there is no padding. */
    void padded(@Nullable Tensor promptMask) {
        if (promptMask == null) {
            return;
        }
        long rows = promptMask.size(0);
        leadingPads = promptMask
                .sum(1)
                .negate()
                .plus((double) promptMask.size(1))
                .unsqueeze(1)
                .retain();
        Tensor all = Tensor.ones(rows, capacity);
        all.narrow(1, 0, promptMask.size(1)).copyInPlace(promptMask);
        mask = AttentionPlan.additive(all.toBool())
                .to(type)
                .reshape(rows, 1, 1, capacity)
                .retain();
    }

    /** The position of the next token, {@code [rows, 1]}, or {@code [1, 1]} if it is the same in every row. */
    Tensor nextPositions() {
        Tensor plain = Tensor.full(DType.INT64, (double) length, 1, 1);
        return leadingPads == null ? plain : plain.minus(leadingPads);
    }

    /** Writes the keys and values {@code [rows, kvHeads, time, headDim]} of one layer after the existing ones. */
    void append(int layer, Tensor key, Tensor value) {
        long time = key.size(2);
        keys.get(layer).narrow(2, length, time).copyInPlace(key);
        values.get(layer).narrow(2, length, time).copyInPlace(value);
    }

    /** The last {@code count} keys of a layer up to and including those just appended. */
    Tensor keys(int layer, long count) {
        return keys.get(layer).narrow(2, length + 1 - count, count);
    }

    Tensor values(int layer, long count) {
        return values.get(layer).narrow(2, length + 1 - count, count);
    }

    /** All keys of a layer, up to and including {@code appended} ones that were just appended. */
    Tensor keysWith(int layer, long appended) {
        return keys.get(layer).narrow(2, 0, length + appended);
    }

    Tensor valuesWith(int layer, long appended) {
        return values.get(layer).narrow(2, 0, length + appended);
    }

    /** The additive mask over the last {@code count} keys, or null without pads. */
    @Nullable
    Tensor mask(long count) {
        return mask == null ? null : mask.narrow(3, length + 1 - count, count);
    }

    void advance(long tokens) {
        length += tokens;
    }

    /** Frees the buffers. */
    @Override
    public void close() {
        keys.forEach(Tensor::close);
        values.forEach(Tensor::close);
        closePadding();
        if (history != null) {
            history.close();
        }
    }

    private void closePadding() {
        if (mask != null) {
            mask.close();
        }
        if (leadingPads != null) {
            leadingPads.close();
        }
    }
}
