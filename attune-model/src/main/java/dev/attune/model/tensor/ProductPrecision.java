package dev.attune.model.tensor;

/** How products of float32 tensors are computed. Weights, gradients of weights and sums are float32 in any case. */
public enum ProductPrecision {
    FLOAT32,
    /** Factors are rounded to bfloat16 inside the product, whose result is float32. Fast with tile units (AMX). */
    BFLOAT16_FACTORS,
    /** Factors and results are rounded to bfloat16, as under PyTorch's autocast. Fast with vector units. */
    BFLOAT16_RESULTS;

    /** The name in {@code torch.set_float32_matmul_precision}. */
    String torchName() {
        return this == BFLOAT16_FACTORS ? "medium" : "highest";
    }

    public boolean isBfloat16() {
        return this != FLOAT32;
    }
}
