package dev.attune.core.stats.distribution;

/** The gamma function and its incomplete forms, with a relative error of about 1e-14. */
public final class GammaFunction {
    private static final double SHIFT = 7;
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-06,
        1.5056327351493116e-07
    };
    private static final double PRECISION = 1e-16;
    private static final int MAX_TERMS = 100_000;

    private GammaFunction() {}

    /**
     * The natural logarithm of the gamma function (Lanczos's approximation).
     *
     * @param x above 0
     */
    public static double log(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - log(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double base = x - 0.5 + SHIFT;
        return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
    }

    /**
     * The upper incomplete gamma function as a share of the whole: Q(a, x).
     *
     * @param a above 0
     * @param x at least 0
     */
    public static double upper(double a, double x) {
        if (!(a > 0 && x >= 0)) {
            throw new IllegalArgumentException("the incomplete gamma function of " + a + " at " + x);
        }
        if (x == 0) {
            return 1;
        }
        return Double.isInfinite(x) ? 0 : x < a + 1 ? 1 - series(a, x) : fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MAX_TERMS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum * Math.exp(a * Math.log(x) - x - log(a));
    }

    /** The continued fraction x + 1 - a - 1(1-a)/(x + 3 - a - 2(2-a)/(x + 5 - a - ...)). */
    private static double fraction(double a, double x) {
        double value = ContinuedFraction.evaluate(n -> n * (a - n), n -> x + 2 * n + 1 - a);
        return Math.exp(a * Math.log(x) - x - log(a)) / value;
    }
}
