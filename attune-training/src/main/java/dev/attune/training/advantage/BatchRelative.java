package dev.attune.training.advantage;

import java.util.ArrayList;
import java.util.List;

/**
 * REINFORCE++ (arXiv 2501.03262): advantages normalised over the whole batch instead of each group,
 *
 * <pre>
 *   A_i = (a_i - mean of all a) / (deviation of all a + 1e-4)
 * </pre>
 *
 * where a_i is the reward itself, or the reward less the mean of its group ("REINFORCE++-baseline"). Only the first form
 * works with one completion per prompt.
 *
 * @param baseline whether the mean of the completion's group is subtracted first
 */
public record BatchRelative(boolean baseline) implements AdvantageEstimator {
    @Override
    public Advantages estimate(GroupedRewards rewards) {
        double[] sums = rewards.sums();
        if (!baseline) {
            return Advantages.of(Groups.normalized(sums), sums, rewards);
        }
        Groups.requirePairs(rewards);
        double[] centred = new double[sums.length];
        for (List<Integer> group : rewards.members()) {
            Sample sample = Sample.of(sums, group);
            for (int i : group) {
                centred[i] = sample.count() < 2 ? Double.NaN : sums[i] - sample.mean();
            }
        }
        return Advantages.of(Groups.normalized(centred), sums, rewards);
    }

    /**
     * The advantages of tokens if a KL penalty is part of the reward, A_t = r - beta sum of KL from t on (eq. 5 there),
     * normalised over all tokens of the batch by {@link Whitening}.
     *
     * @param rewards of the completions
     * @param kl the estimate of each token of each completion
     */
    public static List<float[]> perToken(double[] rewards, List<float[]> kl, double beta) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < rewards.length; i++) {
            float[] row = new float[kl.get(i).length];
            double penalty = 0;
            for (int t = row.length - 1; t >= 0; t--) {
                penalty += beta * kl.get(i)[t];
                row[t] = (float) (rewards[i] - penalty);
            }
            rows.add(row);
        }
        return Whitening.shifted(rows);
    }
}
