package dev.attune.core.stats.distribution;

/** The beta distribution: its distribution function and quantiles. */
public final class BetaFunction {
    private static final int BISECTIONS = 2000;

    private BetaFunction() {}

    /**
     * The regularised incomplete beta function I_x(a, b): the probability of at most x.
     *
     * @param x in [0, 1]
     * @param a above 0
     * @param b above 0
     */
    public static double regularised(double x, double a, double b) {
        if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
            throw new IllegalArgumentException("the beta distribution of " + a + " and " + b + " at " + x);
        }
        if (x == 0 || x == 1) {
            return x;
        }
        return x <= (a + 1) / (a + b + 2) ? direct(x, a, b) : 1 - direct(1 - x, b, a);
    }

    /** The x with I_x(a, b) equal to a share in [0, 1]. */
    public static double quantile(double share, double a, double b) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share in [0, 1], not " + share);
        }
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (regularised(middle, a, b) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return share == 0 ? 0 : share == 1 ? 1 : (low + high) / 2;
    }

    private static double direct(double x, double a, double b) {
        double front = Math.exp(GammaFunction.log(a + b)
                - GammaFunction.log(a)
                - GammaFunction.log(b)
                + a * Math.log(x)
                + b * Math.log1p(-x));
        return front / a / ContinuedFraction.evaluate(n -> coefficient((int) n, x, a, b), n -> 1);
    }

    /** The n-th numerator of the continued fraction of I_x(a, b). */
    private static double coefficient(int n, double x, double a, double b) {
        int m = n / 2;
        return n % 2 == 0
                ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    }
}
