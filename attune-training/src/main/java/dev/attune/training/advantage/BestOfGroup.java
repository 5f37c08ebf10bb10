package dev.attune.training.advantage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the completion with the highest reward of each group (rejection sampling; RAFT, arXiv 2304.06767): its advantage
 * is the size of the group, all others are 0. So a mean over all completions is the mean over groups of the chosen ones.
 * Of equal rewards the first one is chosen.
 *
 * @param minReward nothing is chosen from groups whose rewards are all lower; null: no bound
 */
public record BestOfGroup(@Nullable Double minReward) implements AdvantageEstimator {
    /**
     * An upper bound of the KL, in nats, from the policy that samples n completions and gives the best to the policy that
     * samples one: log n - (n - 1) / n (arXiv 2401.01879; exact if no two completions have the same reward and probabilities
     * are small).
     */
    public static double klBound(int n) {
        return Math.log(n) - (n - 1.0) / n;
    }

    @Override
    public Advantages estimate(GroupedRewards rewards) {
        Groups.requirePairs(rewards);
        double[] sums = rewards.sums();
        double[] values = new double[sums.length];
        for (List<Integer> group : rewards.members()) {
            int best = Groups.largest(sums, group);
            if (best >= 0 && (minReward == null || sums[best] >= minReward)) {
                values[best] = group.size();
            }
        }
        return Advantages.of(values, sums, rewards);
    }
}
