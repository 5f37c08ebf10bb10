package dev.attune.model.tensor;

import dev.attune.core.provenance.Processor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether products in bfloat16 pay on this machine, by its instructions and by measuring. */
public final class BfloatProducts {
    /** Rows of the measured products: a micro-batch's tokens. */
    private static final int ROWS = 512;

    private static final long NANOS = 120_000_000L;

    /** The share of float32's rate from which on bfloat16 is used: both measure a tenth too high or low at times. */
    private static final double ENOUGH = 0.9;

    /** What was measured of each shape, so that a process answers the same about it every time. */
    private static final Map<Shape, Rates> MEASURED = new ConcurrentHashMap<>();

    /** Instructions for products in bfloat16, as Linux names them: x86-64, then arm64. */
    private static final Set<String> UNITS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    private BfloatProducts() {}

    private record Shape(int width, int inner) {}

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
     * empty if it is as fast or faster. Takes a tenth of a second when a shape is first asked about.
     */
    public static Optional<String> objection(int width, int inner) {
        return Engine.device().isCuda()
                ? Optional.empty()
                : objection(Processor.instructions(), width, inner, BfloatProducts::measured);
    }

    static Optional<String> objection(Set<String> instructions, int width, int inner, Measurement measurement) {
        if (instructions.stream().noneMatch(UNITS::contains)) {
            return Optional.of("this processor has no units for bfloat16 (avx512_bf16 or amx_bf16)");
        }
        Rates rates = measurement.of(width, inner);
        return rates.bfloat16() > ENOUGH * rates.float32()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "products of %d x %d run at %.0f GFLOP/s in bfloat16 and at %.0f in float32",
                        width,
                        inner,
                        rates.bfloat16(),
                        rates.float32()));
    }

    private static Rates measured(int width, int inner) {
        return MEASURED.computeIfAbsent(new Shape(width, inner), BfloatProducts::measure);
    }

    /**
     * The fastest of several passes of each kind, forward and backward, in turn: what else the machine does meanwhile
     * slows both.
     */
    private static Rates measure(Shape shape) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.ones(ROWS, shape.width()).requireGrad(true);
            Tensor weight = Tensor.ones(shape.width(), shape.inner()).requireGrad(true);
            nanos(x, weight, ProductPrecision.FLOAT32);
            nanos(x, weight, precision());
            long float32 = Long.MAX_VALUE;
            long bfloat16 = Long.MAX_VALUE;
            long end = System.nanoTime() + NANOS;
            do {
                float32 = Math.min(float32, nanos(x, weight, ProductPrecision.FLOAT32));
                bfloat16 = Math.min(bfloat16, nanos(x, weight, precision()));
            } while (System.nanoTime() < end);
            double operations = 6.0 * ROWS * shape.width() * shape.inner();
            return new Rates(operations / float32, operations / bfloat16);
        }
    }

    private static long nanos(Tensor x, Tensor weight, ProductPrecision precision) {
        try (ProductScope products = ProductScope.open(precision)) {
            long started = System.nanoTime();
            pass(x, weight);
            return System.nanoTime() - started;
        }
    }

    private static void pass(Tensor x, Tensor weight) {
        try (Scope scope = Scope.open()) {
            Functional.product(x, weight).sum().backward();
        }
    }
}
