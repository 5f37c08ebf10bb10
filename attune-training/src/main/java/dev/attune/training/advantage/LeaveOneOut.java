package dev.attune.training.advantage;

import java.util.List;

/**
 * The leave-one-out advantage (RLOO, arXiv 2402.14740, eq. 10): A_i = r_i - mean of the other rewards of the group. A KL
 * penalty joins the reward before the baseline is formed, as in TRL: see {@link #withPenalty}.
 *
 * <p>There is no division by the deviation of the others: it is 0 wherever they agree, and the advantage would explode.
 *
 * @param normalized whether the advantages are centred and scaled over the batch, by the sample deviation + 1e-4
 */
public record LeaveOneOut(boolean normalized) implements AdvantageEstimator {
    /** Without normalisation. */
    public static LeaveOneOut defaults() {
        return new LeaveOneOut(false);
    }

    /**
     * The reward less beta times the sum of k1 over the completion's tokens.
     *
     * @param kl log pi - log pi_ref of each token
     */
    public static double withPenalty(double reward, float[] kl, double beta) {
        double sum = 0;
        for (float estimate : kl) {
            sum += estimate;
        }
        return reward - beta * sum;
    }

    @Override
    public Advantages estimate(GroupedRewards rewards) {
        Groups.requirePairs(rewards);
        double[] sums = rewards.sums();
        double[] values = new double[sums.length];
        for (List<Integer> group : rewards.members()) {
            Sample sample = Sample.of(sums, group);
            for (int i : group) {
                double others = (sample.mean() * sample.count() - sums[i]) / (sample.count() - 1);
                values[i] = sample.differs() ? sums[i] - others : 0 * sums[i];
            }
        }
        return Advantages.of(normalized ? Groups.normalized(values) : values, sums, rewards);
    }
}
