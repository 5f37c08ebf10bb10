package dev.attune.model.tensor;

import dev.attune.core.provenance.Processor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether products in bfloat16 pay on this machine, by its instructions and by measuring. */
public final class BfloatProducts {
    /** Rows of the measured products: a micro-batch's tokens. */
    private static final int ROWS = 512;

    private static final long NANOS = 60_000_000L;

    /** Instructions for products in bfloat16, as Linux names them: x86-64, then arm64. */
    private static final Set<String> UNITS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private BfloatProducts() {}

    /** Rates of the same products, in billions of operations a second. */
    record Rates(double float32, double bfloat16) {}

    /** Measures at a model's width and inner width. */
    interface Measurement {
        Rates of(int width, int inner);
    }

    /** The kind of products in bfloat16 that suits this processor. */
    public static ProductPrecision precision() {
        return Processor.instructions().contains("amx_bf16")
                ? ProductPrecision.BFLOAT16_FACTORS
                : ProductPrecision.BFLOAT16_RESULTS;
    }

    /**
     * Why a model with this width and inner width of its feed-forward blocks should not be computed in bfloat16 here;
     * empty if it is faster. Takes a tenth of a second.
     */
    public static Optional<String> objection(int width, int inner) {
        return Engine.device().isCuda()
                ? Optional.empty()
                : objection(Processor.instructions(), width, inner, BfloatProducts::measure);
    }

    static Optional<String> objection(Set<String> instructions, int width, int inner, Measurement measurement) {
        if (instructions.stream().noneMatch(UNITS::contains)) {
            return Optional.of("this processor has no units for bfloat16 (avx512_bf16 or amx_bf16)");
        }
        Rates rates = measurement.of(width, inner);
        return rates.bfloat16() > rates.float32()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "products of %d x %d run at %.0f GFLOP/s in bfloat16 and at %.0f in float32",
                        width,
                        inner,
                        rates.bfloat16(),
                        rates.float32()));
    }

    private static Rates measure(int width, int inner) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.ones(ROWS, width).requireGrad(true);
            Tensor weight = Tensor.ones(width, inner).requireGrad(true);
            double operations = 6.0 * ROWS * width * inner;
            return new Rates(
                    operations / best(x, weight, ProductPrecision.FLOAT32), operations / best(x, weight, precision()));
        }
    }

    /** Nanoseconds of the fastest of several passes, forward and backward; a first one is not counted. */
    private static long best(Tensor x, Tensor weight, ProductPrecision precision) {
        try (ProductScope products = ProductScope.open(precision)) {
            pass(x, weight);
            long best = Long.MAX_VALUE;
            long end = System.nanoTime() + NANOS;
            do {
                long started = System.nanoTime();
                pass(x, weight);
                best = Math.min(best, System.nanoTime() - started);
            } while (System.nanoTime() < end);
            return best;
        }
    }

    private static void pass(Tensor x, Tensor weight) {
        try (Scope scope = Scope.open()) {
            Functional.product(x, weight).sum().backward();
        }
    }
}
