package dev.attune.model.transformer;

import dev.attune.model.config.Rope;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rotary position embeddings (arXiv 2104.09864): dimension k of the first half and k of the second half of a head are
 * rotated by position times frequency. Keeps a table of cosines and sines that grows with the longest batch. Several
 * threads may ask for angles at once.
 */
final class Rotary implements AutoCloseable {
    private static final long SMALLEST_TABLE = 256;

    private final Rope rope;
    private final int heads;
    private final List<Angles> tables = new ArrayList<>();
    private volatile @Nullable Angles table;

    /** @param heads maximum number of heads that are rotated at once */
    Rotary(Rope rope, int heads) {
        this.rope = rope;
        this.heads = heads;
    }

    /**
     * Cosines, and sines whose first half is negated, both float32 {@code [rows or 1, time, heads or 1, rotaryDim]}.
     */
    record Angles(Tensor cos, Tensor signedSin) {
        /**
         * Rotates heads.
         *
         * @param x {@code [batch, time, heads, headDim]}; dimensions beyond the rotary ones are unchanged
         */
        Tensor turn(Tensor x) {
            long rotaryDim = cos.size(-1);
            long rest = x.size(-1) - rotaryDim;
            if (rest == 0) {
                return turnAll(x);
            }
            List<Tensor> parts = x.split(-1, rotaryDim, rest);
            return Tensor.cat(List.of(turnAll(parts.get(0)), parts.get(1)), -1);
        }

        private Tensor turnAll(Tensor x) {
            long heads = Math.min(cos.size(2), x.size(2));
            return x.times(cos.narrow(2, 0, heads))
                    .plusProduct(x.roll(cos.size(-1) / 2, -1), signedSin.narrow(2, 0, heads));
        }

        /**
         * The angles repeated for every head, so that products run over contiguous memory; small if rows share
         * positions.
         */
        private Angles repeated(int heads) {
            if (cos.size(0) > 1) {
                return this;
            }
            return new Angles(
                    cos.expand(1, -1, heads, -1).contiguous(),
                    signedSin.expand(1, -1, heads, -1).contiguous());
        }
    }

    /**
     * The angles of these positions, to be multiplied with {@code [batch, time, heads, rotaryDim]}.
     *
     * @param positions int64 {@code [rows or 1, time]}; null: 0 to time - 1 in every row
     * @param bound a number above every position
     */
    Angles at(@Nullable Tensor positions, long bound) {
        try (NoGrad off = NoGrad.on()) {
            return angles(positions, bound).repeated(heads);
        }
    }

    private Angles angles(@Nullable Tensor positions, long bound) {
        if (RotaryFrequencies.dependOnLength(rope)) {
            Tensor asked = positions == null ? Tensor.arange(bound).unsqueeze(0) : positions;
            return compute(asked, (long) asked.max().item() + 1);
        }
        Angles known = table(bound);
        if (positions == null) {
            return shaped(known.cos.narrow(0, 0, bound), known.signedSin.narrow(0, 0, bound), 1, bound);
        }
        Tensor flat = positions.reshape(-1);
        return shaped(
                known.cos.indexSelect(0, flat),
                known.signedSin.indexSelect(0, flat),
                positions.size(0),
                positions.size(1));
    }

    private static Angles shaped(Tensor cos, Tensor signedSin, long rows, long time) {
        return new Angles(cos.reshape(rows, time, 1, -1), signedSin.reshape(rows, time, 1, -1));
    }

    private Angles table(long bound) {
        Angles known = table;
        return known != null && known.cos.size(0) >= bound ? known : grow(bound);
    }

    /** Smaller tables stay until the end, because another thread may be using one. */
    private synchronized Angles grow(long bound) {
        Angles known = table;
        if (known != null && known.cos.size(0) >= bound) {
            return known;
        }
        long length = Math.max(SMALLEST_TABLE, Long.highestOneBit(Math.max(bound - 1, 1)) * 2);
        try (Scope scope = Scope.open()) {
            Angles made = compute(Tensor.arange(length).unsqueeze(0), length);
            known = new Angles(
                    scope.keep(made.cos.reshape(length, -1)), scope.keep(made.signedSin.reshape(length, -1)));
        }
        tables.add(known);
        table = known;
        return known;
    }

    /** From positions {@code [batch, time]} to angles {@code [batch, time, 1, rotaryDim]}. */
    private Angles compute(Tensor positions, long length) {
        RotaryFrequencies frequencies = RotaryFrequencies.of(rope, length);
        Tensor angle = positions.toFloat().unsqueeze(-1).times(frequencies.inverse());
        Tensor cos = angle.cos().times(frequencies.attentionFactor());
        Tensor sin = angle.sin().times(frequencies.attentionFactor());
        return new Angles(
                Tensor.cat(List.of(cos, cos), -1).unsqueeze(2),
                Tensor.cat(List.of(sin.negate(), sin), -1).unsqueeze(2));
    }

    @Override
    public synchronized void close() {
        for (Angles made : tables) {
            made.cos.close();
            made.signedSin.close();
        }
        tables.clear();
        table = null;
    }
}
