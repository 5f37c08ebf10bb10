package dev.attune.model.transformer;

import dev.attune.model.tensor.Tensor;

/** What a layer computes after attention: a feed-forward block or experts. */
interface MlpBlock {
    /** Maps {@code [batch, time, width]} to the same shape, each token by itself. */
    Tensor apply(Tensor x);
}
