package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the last dimension.
 *
 * @param changes of some of its columns, which are apart, in their order
 */
record Projection(LinearWeight weight, @Nullable Tensor bias, List<ColumnChange> changes) {
    /** The change of the outputs from one on. */
    record ColumnChange(long from, long width, WeightChange change) {}

    Tensor apply(Tensor x) {
        Tensor y = weight.apply(x, bias);
        return changes.isEmpty() ? y : changed(x, y);
    }

    private Tensor changed(Tensor x, Tensor y) {
        List<Tensor> parts = new ArrayList<>();
        long done = 0;
        for (ColumnChange part : changes) {
            if (part.from > done) {
                parts.add(y.narrow(-1, done, part.from - done));
            }
            Tensor own = y.narrow(-1, part.from, part.width);
            Tensor ownBias = bias == null ? null : bias.narrow(0, part.from, part.width);
            parts.add(part.change.apply(x, own, ownBias));
            done = part.from + part.width;
        }
        if (done < y.size(-1)) {
            parts.add(y.narrow(-1, done, y.size(-1) - done));
        }
        return parts.size() == 1 ? parts.get(0) : Tensor.cat(parts, -1);
    }
}
