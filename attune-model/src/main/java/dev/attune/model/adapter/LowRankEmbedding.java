package dev.attune.model.adapter;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.BaseWeight;
import dev.attune.model.transformer.WeightChange;
import org.jspecify.annotations.Nullable;

/**
 * The low-rank change of an embedding: E[id] + s A^T[id] B^T, with A {@code [rank, vocabulary]} and B
 * {@code [width, rank]}; with a magnitude {@code [width]} that sum times m / |E + s A^T B^T|, the norm of each column.
 */
record LowRankEmbedding(
        Tensor a, Tensor b, double scale, @Nullable Tensor magnitude, BaseWeight base) implements WeightChange {
    @Override
    public Tensor apply(Tensor ids, Tensor y, @Nullable Tensor bias) {
        Tensor change = Functional.embedding(a.transpose(0, 1), ids)
                .matmul(b.transpose(0, 1))
                .times(scale);
        return magnitude == null
                ? y.plus(change)
                : y.plus(change).times(magnitude.dividedBy(LowRank.constantNorm(base, a, b, scale)));
    }

    @Override
    public Tensor merged() {
        return LowRank.merged(base, a, b, scale, magnitude);
    }
}
