package dev.attune.model.adapter;

import dev.attune.model.tensor.Functional;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.BaseWeight;
import dev.attune.model.transformer.WeightChange;
import org.jspecify.annotations.Nullable;

/**
 * The low-rank change of a linear map: y + s (x A^T) B^T, with A {@code [rank, in]} and B {@code [out, rank]}. With a
 * magnitude m {@code [out]} (DoRA, arXiv 2402.09353, equation 5) the map is
 *
 * <pre>
 *   f W x + f s B A x,    f = m / |W + s B A|
 * </pre>
 *
 * with the norm of each output's row, which counts as constant in the gradient. If inputs are dropped, W x above also
 * sees the dropped input for the part f - 1 that the adapter adds.
 */
final class LowRank implements WeightChange {
    private final String module;
    private final Tensor a;
    private final Tensor b;
    private final double scale;
    private final DropoutState dropout;
    private final @Nullable Tensor magnitude;
    private final BaseWeight base;

    LowRank(
            String module,
            Tensor a,
            Tensor b,
            double scale,
            DropoutState dropout,
            @Nullable Tensor magnitude,
            BaseWeight base) {
        this.module = module;
        this.a = a;
        this.b = b;
        this.scale = scale;
        this.dropout = dropout;
        this.magnitude = magnitude;
        this.base = base;
    }

    @Override
    public Tensor apply(Tensor x, Tensor y, @Nullable Tensor bias) {
        Tensor input = dropout.apply(module, x);
        Tensor change = Functional.product(Functional.product(input, a.transpose(0, 1)), b.transpose(0, 1))
                .times(scale);
        if (magnitude == null) {
            return y.plus(change);
        }
        Tensor factor = magnitude.dividedBy(constantNorm(base, a, b, scale));
        Tensor ofBase = input == x ? withoutBias(y, bias) : Functional.product(input, base.inputFirst());
        return y.plus(factor.minus(1).times(ofBase)).plus(factor.times(change));
    }

    private static Tensor withoutBias(Tensor y, @Nullable Tensor bias) {
        return bias == null ? y : y.minus(bias);
    }

    /**
     * |W + s B A| of each output, {@code [out]}, without gradient and without the sum as a matrix: |w|^2 + 2 s w (A^T b) +
     * s^2 |A^T b|^2 for the rows w of W and b of B.
     */
    static Tensor constantNorm(BaseWeight base, Tensor a, Tensor b, double scale) {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return scope.lift(norm(base.inputFirst(), a, b, scale));
        }
    }

    /** @param weight {@code [in, out]} */
    static Tensor norm(Tensor weight, Tensor a, Tensor b, double scale) {
        Tensor turned = b.transpose(0, 1);
        Tensor cross = a.matmul(weight).times(turned).sum(0);
        Tensor squares =
                a.matmul(a.transpose(0, 1)).matmul(turned).times(turned).sum(0);
        return weight.square()
                .sum(0)
                .plus(cross.times(2 * scale))
                .plus(squares.times(scale * scale))
                .sqrt();
    }

    @Override
    public Tensor merged() {
        return merged(base, a, b, scale, magnitude);
    }

    /** W + s B A, {@code [in, out]}; with a magnitude its outputs are scaled to it. */
    static Tensor merged(BaseWeight base, Tensor a, Tensor b, double scale, @Nullable Tensor magnitude) {
        Tensor sum = base.inputFirst()
                .plus(a.transpose(0, 1).matmul(b.transpose(0, 1)).times(scale));
        return magnitude == null
                ? sum
                : sum.times(magnitude.dividedBy(sum.square().sum(0).sqrt()));
    }
}
