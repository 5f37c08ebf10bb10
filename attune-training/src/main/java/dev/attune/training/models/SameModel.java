package dev.attune.training.models;

import dev.attune.model.tensor.Engine;

/** Comparisons of two computations that should agree. */
public final class SameModel {
    private SameModel() {}

    /** The largest difference of two log-probabilities, or of a ratio and 1, that rounding explains. */
    public static double tolerance() {
        return Engine.productPrecision().isBfloat16() ? 1e-2 : 1e-4;
    }
}
