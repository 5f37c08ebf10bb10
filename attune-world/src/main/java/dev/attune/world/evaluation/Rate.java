package dev.attune.world.evaluation;

/**
 * A share of cases with its 95 % interval by Wilson's score method.
 *
 * @param hits cases in which it happened
 * @param cases all cases; with none the rate is 0 and the interval [0, 1]
 */
public record Rate(long hits, long cases) {
    private static final double Z = 1.959963984540054;

    public double value() {
        return cases == 0 ? 0 : (double) hits / cases;
    }

    public double low() {
        return Math.max(0, centre() - halfWidth());
    }

    public double high() {
        return Math.min(1, centre() + halfWidth());
    }

    private double centre() {
        return (value() + Z * Z / (2 * size())) / (1 + Z * Z / size());
    }

    private double halfWidth() {
        double p = value();
        double n = size();
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    }

    /** With no cases, an almost empty sample: the interval is then [0, 1] within rounding. */
    private double size() {
        return cases == 0 ? 1e-9 : cases;
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100 * value(), 100 * low(), 100 * high());
    }
}
