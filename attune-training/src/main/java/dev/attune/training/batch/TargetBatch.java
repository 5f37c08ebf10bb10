package dev.attune.training.batch;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A right-padded batch of rows with the positions of the targets. Because prompt and completion
 * are adjacent and only the end is padded, the last prompt token is next to the first completion token.
 *
 * <p>The head is applied only at the states: the output at position p - 1 predicts the token at p, so for a completion
 * after a prompt of length P, state t is position P - 1 + t.
 *
 * @param tokens {@code [batch, time]}
 * @param states for each target the flat index into {@code [batch * time]} of the position before it, {@code [targets]}
 * @param targets the token ids to predict, {@code [targets]}
 * @param counts how many targets each row has, in the order of the rows
 */
@SuppressWarnings("ArrayRecordComponent")
public record TargetBatch(TokenBatch tokens, Tensor states, Tensor targets, int[] counts) {
    /** @throws IllegalArgumentException if there is no row */
    public static TargetBatch of(List<PackedRow> rows) {
        return new Builder(rows).build();
    }

    /** The vectors at the states, {@code [targets, width]}, of hidden states {@code [batch, time, width]}. */
    public Tensor atStates(Tensor hidden) {
        return hidden.reshape(-1, hidden.size(-1)).indexSelect(0, states);
    }

    /** The numbers at the states, {@code [targets]}, of values {@code [batch, time]}. */
    public Tensor valuesAtStates(Tensor values) {
        return values.reshape(-1).indexSelect(0, states);
    }

    /** One array per row, with one number per target. */
    public List<float[]> split(float[] numbers) {
        List<float[]> rows = new ArrayList<>(counts.length);
        int from = 0;
        for (int count : counts) {
            rows.add(Arrays.copyOfRange(numbers, from, from + count));
            from += count;
        }
        return rows;
    }

    /** The numbers of all rows, one per target, as one tensor {@code [targets]}. */
    public static Tensor join(List<float[]> rows) {
        float[] joined = new float[rows.stream().mapToInt(row -> row.length).sum()];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, joined, at, row.length);
            at += row.length;
        }
        return Tensor.of(joined, joined.length);
    }

    private static final class Builder {
        private final List<PackedRow> rows;
        private final int time;
        private final long[] ids;
        private final long[] mask;
        private final long[] positions;
        private final long[] segments;
        private final long[] states;
        private final long[] targets;
        private int learned;

        Builder(List<PackedRow> rows) {
            this.rows = rows;
            time = rows.stream().mapToInt(PackedRow::length).max().orElseThrow(IllegalArgumentException::new);
            ids = new long[rows.size() * time];
            mask = new long[ids.length];
            positions = new long[ids.length];
            segments = new long[ids.length];
            int count = rows.stream().mapToInt(PackedRow::targets).sum();
            states = new long[count];
            targets = new long[count];
        }

        TargetBatch build() {
            int[] counts = new int[rows.size()];
            boolean packed = false;
            for (int row = 0; row < rows.size(); row++) {
                add(row);
                counts[row] = rows.get(row).targets();
                packed |= rows.get(row).documents().size() > 1;
            }
            TokenBatch batch = new TokenBatch(
                    tensor(ids), tensor(mask), packed ? tensor(positions) : null, packed ? tensor(segments) : null);
            return new TargetBatch(batch, Tensor.of(states, states.length), Tensor.of(targets, targets.length), counts);
        }

        private void add(int row) {
            int at = row * time;
            int segment = 0;
            for (TokenDocument document : rows.get(row).documents()) {
                for (int t = 0; t < document.length(); t++) {
                    ids[at] = document.tokens()[t];
                    mask[at] = 1;
                    positions[at] = t;
                    segments[at] = segment;
                    if (document.isTarget(t)) {
                        states[learned] = at - 1L;
                        targets[learned++] = ids[at];
                    }
                    at++;
                }
                segment++;
            }
            Arrays.fill(segments, at, (row + 1) * time, segment);
        }

        private Tensor tensor(long[] values) {
            return Tensor.of(values, rows.size(), time);
        }
    }
}
