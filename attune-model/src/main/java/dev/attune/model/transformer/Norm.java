package dev.attune.model.transformer;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A normalisation over the last dimension with its weights. */
record Norm(Kind kind, Tensor weight, @Nullable Tensor bias, double epsilon) {
    enum Kind {
        /** Mean and variance, with weight and bias. */
        LAYER,
        /** Root mean square, with a weight (arXiv 1910.07467). */
        RMS,
        /** Root mean square, with a weight stored as its difference from 1. */
        RMS_PLUS_ONE;

        boolean hasBias() {
            return this == LAYER;
        }

        /** The initial value of a weight. */
        double initial() {
            return this == RMS_PLUS_ONE ? 0 : 1;
        }
    }

    /** Changes the weights so that the outputs are multiplied by factors {@code [width]}. */
    void scaleInPlace(Tensor factors) {
        try (NoGrad off = NoGrad.on()) {
            if (kind == Kind.RMS_PLUS_ONE) {
                weight.copyInPlace(weight.plus(1).times(factors).minus(1));
                return;
            }
            weight.copyInPlace(weight.times(factors));
            if (bias != null) {
                bias.copyInPlace(bias.times(factors));
            }
        }
    }

    Tensor apply(Tensor x) {
        Tensor w = Weights.float32(weight);
        return switch (kind) {
            case LAYER -> Functional.layerNorm(x, w, bias == null ? null : Weights.float32(bias), epsilon);
            case RMS -> Functional.rmsNorm(x, w, epsilon);
            case RMS_PLUS_ONE -> Functional.rmsNorm(x, w.plus(1), epsilon);
        };
    }
}
