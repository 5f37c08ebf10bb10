package dev.attune.model.transformer;

import dev.attune.model.tensor.BlockedMatrix;
import dev.attune.model.tensor.DType;
import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a model's matrices in blocks, for decoding while the weights stay as they are. Passes that record gradients
 * and products in another precision use the weights themselves.
 */
final class BlockedWeights implements AutoCloseable {
    private final List<Blocked> weights = new ArrayList<>();
    private boolean others;

    /** A weight that will have a copy in blocks, or the weight itself if its products do not gain from one. */
    LinearWeight of(LinearWeight weight) {
        try (Scope scope = Scope.open()) {
            if (weight.multiplied() == null) {
                others = true;
                return weight;
            }
        }
        Blocked blocked = new Blocked(weight);
        weights.add(blocked);
        return blocked;
    }

    /** Makes all copies; until then, and where the operations of a type are missing, the weights themselves are used. */
    void copyAll() {
        Workers.mapEach(weights, blocked -> {
            blocked.makeCopy();
            return true;
        });
    }

    /** Whether all of the model's matrices have a copy that is used. */
    boolean haveAll() {
        return !others
                && Engine.productPrecision() == ProductPrecision.FLOAT32
                && weights.stream().allMatch(Blocked::hasCopy);
    }

    private static final class Blocked implements LinearWeight {
        private final LinearWeight stored;
        private @Nullable BlockedMatrix copy;
        private DType type = DType.FLOAT32;

        Blocked(LinearWeight stored) {
            this.stored = stored;
        }

        void makeCopy() {
            try (NoGrad off = NoGrad.on();
                    Scope scope = Scope.open()) {
                Tensor matrix = Objects.requireNonNull(stored.multiplied());
                type = matrix.dtype();
                copy = BlockedMatrix.isAvailable(type) ? BlockedMatrix.ifRight(matrix) : null;
            }
        }

        boolean hasCopy() {
            return copy != null;
        }

        @Override
        public Tensor apply(Tensor x, @Nullable Tensor bias) {
            boolean sameProducts = type == DType.BFLOAT16 || Engine.productPrecision() == ProductPrecision.FLOAT32;
            if (copy == null || !sameProducts || NoGrad.isRecording()) {
                return stored.apply(x, bias);
            }
            return type == DType.FLOAT32 ? copy.product(x, bias) : rounded(copy, x, bias);
        }

        /** The bias is added to the rounded product, as without blocks. */
        private Tensor rounded(BlockedMatrix matrix, Tensor x, @Nullable Tensor bias) {
            Tensor product = matrix.product(x.to(type), null).toFloat();
            return bias == null ? product : product.plus(bias);
        }

        @Override
        public Tensor inputFirst() {
            return stored.inputFirst();
        }

        void close() {
            if (copy != null) {
                copy.close();
            }
        }
    }

    @Override
    public void close() {
        weights.forEach(Blocked::close);
    }
}
