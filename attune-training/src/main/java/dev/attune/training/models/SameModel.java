package dev.attune.training.models;

import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.Scope;
import dev.attune.model.transformer.Parameters;

/** Comparisons of two computations that should agree. */
public final class SameModel {
    private SameModel() {}

    /** The largest difference of two log-probabilities, or of a ratio and 1, that rounding explains. */
    public static double tolerance() {
        return Engine.productPrecision().isBfloat16() ? 1e-2 : 1e-4;
    }

    /** Whether both have the same weights, once they are stored in the reference's type. */
    public static boolean weights(Parameters policy, Parameters reference) {
        try (Scope scope = Scope.open()) {
            return policy.flat().to(reference.dtype()).sameValues(reference.flat());
        }
    }
}
