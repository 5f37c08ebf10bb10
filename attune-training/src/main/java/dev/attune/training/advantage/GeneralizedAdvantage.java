package dev.attune.training.advantage;

/**
 * Generalised advantage estimation (Schulman et al., arXiv 1506.02438): with V(s_T) = 0 after the last token,
 *
 * <pre>
 *   delta_t = r_t + gamma * V(s_{t+1}) - V(s_t)
 *   A_t     = delta_t + gamma * lambda * A_{t+1}
 *   R_t     = A_t + V(s_t)
 * </pre>
 *
 * At lambda = 1 the return R_t is the discounted sum of the rewards from t on, whatever the critic says. Returns are
 * formed before any whitening of the advantages.
 */
public final class GeneralizedAdvantage {
    private final double gamma;
    private final double lambda;

    /** Advantages A_t and returns R_t of one rollout, a value a token. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Estimate(float[] advantages, float[] returns) {}

    /**
     * @param gamma discount, in [0, 1]
     * @param lambda trade of bias for variance, in [0, 1]
     */
    public GeneralizedAdvantage(double gamma, double lambda) {
        if (!(gamma >= 0 && gamma <= 1 && lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("gamma " + gamma + " and lambda " + lambda + " lie in [0, 1]");
        }
        this.gamma = gamma;
        this.lambda = lambda;
    }

    /**
     * @param rewards r_t for each token of the completion
     * @param values V_old(s_t), the critic's value of the state in which token t was drawn; as long as the rewards
     */
    public Estimate estimate(float[] rewards, float[] values) {
        if (rewards.length != values.length) {
            throw new IllegalArgumentException(rewards.length + " rewards but " + values.length + " values");
        }
        int length = rewards.length;
        float[] advantages = new float[length];
        float[] returns = new float[length];
        double nextValue = 0;
        double nextAdvantage = 0;
        for (int t = length - 1; t >= 0; t--) {
            double delta = rewards[t] + gamma * nextValue - values[t];
            nextAdvantage = delta + gamma * lambda * nextAdvantage;
            nextValue = values[t];
            advantages[t] = (float) nextAdvantage;
            returns[t] = (float) (nextAdvantage + values[t]);
        }
        return new Estimate(advantages, returns);
    }
}
