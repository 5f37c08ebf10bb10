package dev.attune.model.transformer;

import dev.attune.model.config.NormKind;
import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A normalisation over the last dimension with its weights. */
record Norm(NormKind kind, Tensor weight, @Nullable Tensor bias, double epsilon) {
    /** Changes the weights so that the outputs are multiplied by factors {@code [width]}. */
    void scaleInPlace(Tensor factors) {
        try (NoGrad off = NoGrad.on()) {
            if (kind == NormKind.RMS_PLUS_ONE) {
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
