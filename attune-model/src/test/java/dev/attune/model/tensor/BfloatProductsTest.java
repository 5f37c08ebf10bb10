package dev.attune.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.tensor.BfloatProducts.Rates;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BfloatProductsTest {
    @Test
    void aProcessorWithoutUnitsIsNotMeasured() {
        assertThat(BfloatProducts.objection(Set.of("avx2", "avx512f"), 768, 2048, (width, inner) -> {
                    throw new AssertionError("measured");
                }))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no units for bfloat16"));
    }

    @Test
    void unitsAreUsedWhereTheyAreFaster() {
        Set<String> amx = Set.of("avx512_bf16", "amx_bf16");
        assertThat(BfloatProducts.objection(amx, 768, 2048, (width, inner) -> new Rates(200, 500)))
                .isEmpty();
        assertThat(BfloatProducts.objection(amx, 768, 2048, (width, inner) -> new Rates(200, 190)))
                .as("within what measuring the same thing twice differs by")
                .isEmpty();
        assertThat(BfloatProducts.objection(amx, 256, 680, (width, inner) -> new Rates(200, 60)))
                .hasValue("products of 256 x 680 run at 60 GFLOP/s in bfloat16 and at 200 in float32");
    }

    @Test
    void theSameShapeIsAnsweredAlike() {
        Optional<String> first = BfloatProducts.objection(16, 48);
        for (int i = 0; i < 5; i++) {
            assertThat(BfloatProducts.objection(16, 48)).isEqualTo(first);
        }
    }

    /** Rounding a factor to 8 bits changes it by at most 2^-9, so a product of positive factors by about twice that. */
    @ParameterizedTest
    @EnumSource(ProductPrecision.class)
    void productsAndTheirGradientsStayWithinTheRounding(ProductPrecision precision) {
        try (Scope scope = Scope.open()) {
            Randomness random = Randomness.of(1, "products");
            Tensor x = random.normal(0, 1, 64, 96).abs().requireGrad(true);
            Tensor weight =
                    Randomness.of(2, "products").normal(0, 1, 96, 80).abs().requireGrad(true);
            Engine.useProductPrecision(precision);
            Tensor product = Functional.product(x, weight);
            product.square().sum().backward();
            Tensor expected = x.detach().toDouble().matmul(weight.detach().toDouble());
            assertThat(product.dtype()).isEqualTo(DType.FLOAT32);
            double bound = precision.isBfloat16() ? 3 * Math.pow(2, -9) : 1e-6;
            assertThat(relative(product.detach(), expected)).isLessThan(bound);
            Tensor gradient = x.detach().toDouble().transpose(0, 1).matmul(expected.times(2));
            assertThat(relative(weight.grad(), gradient)).isLessThan(2 * bound);
        } finally {
            Engine.useProductPrecision(ProductPrecision.FLOAT32);
        }
    }

    private static double relative(Tensor found, Tensor expected) {
        return found.toDouble().minus(expected).abs().dividedBy(expected).max().item();
    }
}
