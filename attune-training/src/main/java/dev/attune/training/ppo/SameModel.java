package dev.attune.training.ppo;

import dev.attune.model.tensor.Engine;
import dev.attune.model.transformer.ParameterSet;

/** Comparisons of two computations that should agree. */
final class SameModel {
    private SameModel() {}

    /** The largest difference of two log-probabilities, or of a ratio and 1, that rounding explains. */
    static double tolerance() {
        return Engine.productPrecision().isBfloat16() ? 1e-2 : 1e-4;
    }

    /** Whether both have the same weights, once they are stored in the reference's type. */
    static boolean weights(ParameterSet policy, ParameterSet reference) {
        return policy.sameValues(reference);
    }
}
