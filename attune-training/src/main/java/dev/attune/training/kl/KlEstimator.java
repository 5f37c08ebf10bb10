package dev.attune.training.kl;

/**
 * Estimates of KL(policy || reference) from one token that the policy sampled, with x = log pi(a|s) - log pi_ref(a|s)
 * (Schulman, "Approximating KL Divergence"). As a reward, k1 and k3 are without gradient; as a loss, k1 has no expected
 * gradient on the policy's own samples and so does nothing, k2 has the right one, and k3 is what GRPO uses.
 *
 * <p>x is clamped to [-20, 20] and k3 to at most 10, as in verl and NeMo-Aligner, so that one token that is almost impossible
 * under the reference does not dominate a step.
 */
public enum KlEstimator {
    /** x: unbiased; single tokens may be negative. */
    K1,
    /** x^2 / 2: never negative, biased, low variance. */
    K2,
    /** exp(-x) - 1 + x: never negative, unbiased. */
    K3;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static final double MAX_LOG_RATIO = 20;
    public static final double MAX_K3 = 10;

    /** The estimate for one token, in nats. */
    public double estimate(double logProbability, double referenceLogProbability) {
        double x = Math.max(-MAX_LOG_RATIO, Math.min(MAX_LOG_RATIO, logProbability - referenceLogProbability));
        return switch (this) {
            case K1 -> x;
            case K2 -> x * x / 2;
            case K3 -> Math.min(MAX_K3, Math.expm1(-x) + x);
        };
    }

    /** The estimate for each token of a completion. */
    public float[] estimate(float[] logProbabilities, float[] referenceLogProbabilities) {
        float[] result = new float[logProbabilities.length];
        for (int t = 0; t < result.length; t++) {
            result[t] = (float) estimate(logProbabilities[t], referenceLogProbabilities[t]);
        }
        return result;
    }
}
