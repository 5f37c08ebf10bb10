package dev.attune.core.stats;

import dev.attune.core.stats.distribution.Tails;

/** The standard normal distribution. */
public final class Normal {
    private static final double[] A = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01
    };
    private static final double[] C = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00
    };
    private static final double TAIL = 0.02425;

    private Normal() {}

    /**
     * The quantile of a share of the distribution: Acklam's rational approximation, then a step of Halley's method, which
     * leaves a relative error of about 1e-15.
     *
     * @param share in (0, 1)
     */
    public static double quantile(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share in (0, 1), not " + share);
        }
        return share > 0.5 ? -refined(1 - share) : refined(share);
    }

    /** The probability of at most z. */
    public static double cumulative(double z) {
        return Tails.normal(-z);
    }

    private static double refined(double share) {
        double x = approximation(share);
        double error = (cumulative(x) - share) * Math.sqrt(2 * Math.PI) * Math.exp(x * x / 2);
        return x - error / (1 + x * error / 2);
    }

    /** For shares up to one half. */
    private static double approximation(double share) {
        if (share < TAIL) {
            return tail(Math.sqrt(-2 * Math.log(share)));
        }
        double q = share - 0.5;
        double r = q * q;
        return q * polynomial(A, r) / (polynomial(B, r) * r + 1);
    }

    private static double tail(double q) {
        return polynomial(C, q) / (polynomial(D, q) * q + 1);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * x + coefficient;
        }
        return sum;
    }
}
