package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token sequences padded to one length. The ids of padding tokens do not affect results at real tokens.
 *
 * @param ids int64 {@code [batch, time]}
 * @param mask int64 {@code [batch, time]}, 1 at real tokens
 * @param positions int64 {@code [batch, time]}; null: each row counts its real tokens, {@code max(0, cumsum(mask) - 1)}
 * @param segments int64 {@code [batch, time]}: packed sequences, a token sees only its own segment; null: one segment
 */
public record TokenBatch(
        Tensor ids,
        Tensor mask,
        @Nullable Tensor positions,
        @Nullable Tensor segments) {
    public TokenBatch {
        if (ids.rank() != 2 || !Arrays.equals(ids.shape(), mask.shape())) {
            throw new IllegalArgumentException("ids " + ids + " and mask " + mask + " are not both [batch, time]");
        }
    }

    /** Rows padded with {@code padId} on the left. */
    public static TokenBatch leftPadded(List<int[]> rows, int padId) {
        return padded(rows, padId, true);
    }

    /** Rows padded with {@code padId} on the right, which is faster for training. */
    public static TokenBatch rightPadded(List<int[]> rows, int padId) {
        return padded(rows, padId, false);
    }

    private static TokenBatch padded(List<int[]> rows, int padId, boolean left) {
        int time = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        if (time == 0) {
            throw new IllegalArgumentException("a batch needs at least one token");
        }
        var ids = new long[rows.size() * time];
        var mask = new long[rows.size() * time];
        Arrays.fill(ids, padId);
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i);
            int start = i * time + (left ? time - row.length : 0);
            for (int t = 0; t < row.length; t++) {
                ids[start + t] = row[t];
                mask[start + t] = 1;
            }
        }
        return new TokenBatch(Tensor.of(ids, rows.size(), time), Tensor.of(mask, rows.size(), time), null, null);
    }

    /**
     * The state at each row's last real token, wherever the padding is.
     *
     * @param hidden {@code [batch, time, width]}
     * @return {@code [batch, width]}
     */
    public Tensor lastOf(Tensor hidden) {
        Tensor last = Tensor.arange(time()).times(mask).argmax(1).reshape(-1, 1, 1);
        return hidden.gather(1, last.expand(-1, 1, hidden.size(2))).squeeze(1);
    }

    /** Number of rows. */
    public int rows() {
        return (int) ids.size(0);
    }

    /** Number of tokens per row, padding included. */
    public int time() {
        return (int) ids.size(1);
    }
}
