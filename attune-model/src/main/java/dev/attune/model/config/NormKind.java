package dev.attune.model.config;

/** The normalisation of a family, over the last dimension. */
public enum NormKind {
    /** Mean and variance, with weight and bias. */
    LAYER,
    /** Root mean square, with a weight (arXiv 1910.07467). */
    RMS,
    /** Root mean square, with a weight stored as its difference from 1. */
    RMS_PLUS_ONE;

    public boolean hasBias() {
        return this == LAYER;
    }

    /** The initial value of a weight. */
    public double initial() {
        return this == RMS_PLUS_ONE ? 0 : 1;
    }
}
