package dev.attune.training.advantage;

/**
 * One advantage per completion, and what its groups were like.
 *
 * @param values 0 where the reward is missing
 * @param missing whether the completion has no reward: it is out of its group's baseline and must be masked in the loss
 * @param groups number of groups
 * @param groupsWithoutSignal groups whose rewards do not differ, or that have fewer than two: all their advantages are
 *     0, unless the estimator compares with other groups
 */
public record Advantages(double[] values, boolean[] missing, int groups, int groupsWithoutSignal) {
    public Advantages {
        values = values.clone();
        missing = missing.clone();
    }

    /** Advantages of NaN become 0 and are marked as missing if the reward is. */
    static Advantages of(double[] values, double[] sums, GroupedRewards rewards) {
        double[] filled = new double[values.length];
        boolean[] missing = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            missing[i] = Double.isNaN(sums[i]);
            filled[i] = Double.isNaN(values[i]) ? 0 : values[i];
        }
        int silent = (int) rewards.members().stream()
                .filter(group -> !Sample.of(sums, group).differs())
                .count();
        return new Advantages(filled, missing, rewards.members().size(), silent);
    }

    /** The share of groups without a signal (TRL: {@code frac_reward_zero_std}). */
    public double shareWithoutSignal() {
        return groups == 0 ? 0 : (double) groupsWithoutSignal / groups;
    }

    /** How many completions have no reward. */
    public int missingCount() {
        int count = 0;
        for (boolean absent : missing) {
            count += absent ? 1 : 0;
        }
        return count;
    }
}
