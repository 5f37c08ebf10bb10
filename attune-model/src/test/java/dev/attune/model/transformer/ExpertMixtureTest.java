package dev.attune.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.config.Activation;
import dev.attune.model.config.Experts;
import dev.attune.model.tensor.ProductPrecision;
import dev.attune.model.tensor.ProductScope;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A router with logits ln 4, ln 3, ln 1 for the token (1, 0): probabilities 0.5, 0.375, 0.125. */
class ExpertMixtureTest {
    private static final Tensor ROUTER = Tensor.of(
                    new float[] {(float) Math.log(4), 0, (float) Math.log(3), 0, 0, (float) Math.log(8)}, 3, 2)
            .retain();

    /** Expert e maps x to (e + 1) relu(x). */
    private static ExpertMixture mixture(boolean normalized) {
        List<FeedForward> experts = List.of(expert(1), expert(2), expert(3));
        return new ExpertMixture(new Experts(3, 2, 2, normalized, 0, List.of(true)), ROUTER, experts);
    }

    private static FeedForward expert(float factor) {
        Tensor in = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
        Tensor out = Tensor.of(new float[] {factor, 0, 0, factor}, 2, 2);
        return new FeedForward(Activation.RELU, List.of(projection(in)), false, projection(out));
    }

    private static Projection projection(Tensor weight) {
        return new Projection(new LinearWeight.Dense(weight, false), null, List.of());
    }

    /** The softmax is over all three: 1 * 0.5 + 2 * 0.375. The second token (0, 1) has probabilities 0.1, 0.1, 0.8. */
    @Test
    void theBestProbabilitiesAreTheWeights() {
        try (Scope scope = Scope.open()) {
            Tensor y = mixture(false).apply(Tensor.of(new float[] {1, 0}, 1, 1, 2));

            assertThat(y.toFloats()[0]).isCloseTo(1.25f, within(1e-6f));
        }
    }

    /** (1 * 0.5 + 2 * 0.375) / 0.875. */
    @Test
    void normalizedWeightsAddUpToOne() {
        try (Scope scope = Scope.open()) {
            Tensor y = mixture(true).apply(Tensor.of(new float[] {1, 0}, 1, 1, 2));

            assertThat(y.toFloats()[0]).isCloseTo(1.25f / 0.875f, within(1e-6f));
        }
    }

    @Test
    void eachTokenIsComputedByItsOwnExperts() {
        try (Scope scope = Scope.open()) {
            float[] both = mixture(false)
                    .apply(Tensor.of(new float[] {2, 0, 1, 0, 0, 1}, 1, 3, 2))
                    .toFloats();

            // Logits of (2, 0): ln 16, ln 9, ln 1; of (0, 1): 0, 0, ln 8, where the best is the third.
            assertThat(both[0]).isCloseTo(2 * (16f / 26 + 2 * 9f / 26), within(1e-5f));
            assertThat(both[2]).isCloseTo(1.25f, within(1e-6f));
            assertThat(both[5]).isGreaterThan(3 * 0.8f).isLessThan(3 * 0.8f + 2 * 0.1f + 1e-6f);
        }
    }

    /** d y / d x of (1, 0) in the first dimension, by hand: sum of p_e f_e plus x times its change through p. */
    @Test
    void theRouterReceivesGradients() {
        try (Scope scope = Scope.open()) {
            Tensor router = ROUTER.copy().requireGrad(true);
            ExpertMixture mixture = new ExpertMixture(
                    mixture(false).config(), router, mixture(false).experts());
            mixture.apply(Tensor.of(new float[] {1, 0}, 1, 1, 2)).sum().backward();

            // y = p0 + 2 p1; dy/dlogit_i = p_i (f_i - y) with f = (1, 2, 0), and logit_i = router_i0.
            float[] gradient = java.util.Objects.requireNonNull(router.grad()).toFloats();
            assertThat(gradient[0]).isCloseTo((float) (0.5 * (1 - 1.25)), within(1e-6f));
            assertThat(gradient[2]).isCloseTo((float) (0.375 * (2 - 1.25)), within(1e-6f));
            assertThat(gradient[4]).isCloseTo((float) (0.125 * (0 - 1.25)), within(1e-6f));
        }
    }

    /** 1 + 2^-9 is 1 in bfloat16. */
    @Test
    void theRouterIsComputedInFloat32WhateverThePrecisionOfProducts() {
        try (Scope scope = Scope.open();
                ProductScope precision = ProductScope.open(ProductPrecision.BFLOAT16_RESULTS)) {
            Tensor router = Tensor.of(new float[] {1 + 1f / 512, 0, 1, 0}, 2, 2);
            ExpertMixture mixture = new ExpertMixture(
                    new Experts(2, 1, 2, false, 0, List.of(true)), router, List.of(expert(1), expert(2)));
            float[] p =
                    mixture.probabilities(Tensor.of(new float[] {512, 0}, 1, 2)).toFloats();

            assertThat((double) p[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
        }
    }
}
