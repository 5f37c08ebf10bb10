package dev.attune.core.stats.distribution;

import java.util.function.DoubleUnaryOperator;

/** Continued fractions b0 + a1 / (b1 + a2 / (b2 + ...)), by Lentz's method. */
final class ContinuedFraction {
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int MAX_TERMS = 100_000;

    private ContinuedFraction() {}

    /** The value, from the numerators a(n), n from 1, and the denominators b(n), n from 0. */
    static double evaluate(DoubleUnaryOperator a, DoubleUnaryOperator b) {
        double value = awayFromZero(b.applyAsDouble(0));
        double c = value;
        double d = 0;
        for (int n = 1; n < MAX_TERMS; n++) {
            double numerator = a.applyAsDouble(n);
            double denominator = b.applyAsDouble(n);
            d = 1 / awayFromZero(denominator + numerator * d);
            c = awayFromZero(denominator + numerator / c);
            value *= c * d;
            if (Math.abs(c * d - 1) < PRECISION) {
                break;
            }
        }
        return value;
    }

    private static double awayFromZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }
}
