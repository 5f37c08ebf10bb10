package dev.attune.training.advantage;

import java.util.Arrays;

/**
 * Generalised advantage estimation (Schulman et al., arXiv 1506.02438): with V(s_T) = 0 after the last token,
 *
 * <pre>
 *   delta_t = r_t + gamma * V(s_{t+1}) - V(s_t)
 *   A_t     = delta_t + gamma * lambda * A_{t+1}
 *   R_t     = A_t + V(s_t)
 * </pre>
 *
 * At lambda = 1 the return R_t is the discounted sum of the rewards from t on, independent of the critic. Returns are
 * formed before any whitening of the advantages.
 */
public final class GeneralizedAdvantage {
    private final double gamma;
    private final double lambda;

    /** Advantages A_t and returns R_t of one rollout, one value per token. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Estimate(float[] advantages, float[] returns) {}

    /**
     * @param gamma discount, in [0, 1]
     * @param lambda trade of bias for variance, in [0, 1]
     */
    public GeneralizedAdvantage(double gamma, double lambda) {
        if (!(gamma >= 0 && gamma <= 1 && lambda >= 0 && lambda <= 1)) {
            throw new IllegalArgumentException("gamma " + gamma + " and lambda " + lambda + " must be in [0, 1]");
        }
        this.gamma = gamma;
        this.lambda = lambda;
    }

    /**
     * Advantages over turns: a turn is one step, whose reward is the sum over its tokens and whose value is V at its
     * first token. All tokens of a turn get its advantage, and the return A + V of its first token.
     *
     * @param ends for each turn one past its last token, ascending; the last is the number of tokens
     */
    public Estimate overTurns(float[] rewards, float[] values, int[] ends) {
        float[] turnRewards = new float[ends.length];
        float[] turnValues = new float[ends.length];
        int from = 0;
        for (int turn = 0; turn < ends.length; turn++) {
            turnValues[turn] = values[from];
            double sum = 0;
            for (int t = from; t < ends[turn]; t++) {
                sum += rewards[t];
            }
            turnRewards[turn] = (float) sum;
            from = ends[turn];
        }
        Estimate turns = estimate(turnRewards, turnValues);
        return new Estimate(spread(turns.advantages, ends), spread(turns.returns, ends));
    }

    private static float[] spread(float[] perTurn, int[] ends) {
        float[] perToken = new float[ends.length == 0 ? 0 : ends[ends.length - 1]];
        int from = 0;
        for (int turn = 0; turn < ends.length; turn++) {
            Arrays.fill(perToken, from, ends[turn], perTurn[turn]);
            from = ends[turn];
        }
        return perToken;
    }

    /**
     * @param rewards r_t for each token of the completion
     * @param values V_old(s_t), the critic's value of the state in which token t was sampled; of the same length as the
     *     rewards
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
