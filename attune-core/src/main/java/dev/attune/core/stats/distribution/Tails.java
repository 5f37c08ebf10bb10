package dev.attune.core.stats.distribution;

/** Tail probabilities, from which p-values come. */
public final class Tails {
    private Tails() {}

    /** The probability that a standard normal variable is above z. */
    public static double normal(double z) {
        double tail = GammaFunction.upper(0.5, z * z / 2) / 2;
        return z >= 0 ? tail : 1 - tail;
    }

    /** The probability that Student's t is at least as far from 0 as {@code t}, on either side. */
    public static double studentTwoSided(double t, double degreesOfFreedom) {
        double share = Double.isInfinite(t) ? 0 : degreesOfFreedom / (degreesOfFreedom + t * t);
        return BetaFunction.regularised(share, degreesOfFreedom / 2, 0.5);
    }

    /** The probability that chi-squared is above {@code x}, which is at least 0. */
    public static double chiSquared(double x, double degreesOfFreedom) {
        return GammaFunction.upper(degreesOfFreedom / 2, x / 2);
    }

    /** The probability of at most k heads of n fair coins. */
    public static double fairCoins(long k, long n) {
        return k >= n ? 1 : k < 0 ? 0 : BetaFunction.regularised(0.5, (double) (n - k), k + 1.0);
    }
}
