package dev.attune.training.advantage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rewards of completions that were sampled in groups. A group is what was sampled together and has an id of its own:
 * equal prompts may be different groups, and a prompt that a tool changed stays in its group. NaN is a missing reward,
 * for example of a verifier that could not decide.
 *
 * <p>Completions whose loss is masked belong here too: they are part of the group's baseline.
 *
 * @param groups the id of each completion's group
 * @param rewards of each completion by each reward function, {@code [completions][functions]}
 * @param weights of the reward functions
 */
public record GroupedRewards(long[] groups, double[][] rewards, double[] weights) {
    public GroupedRewards {
        groups = groups.clone();
        rewards = Arrays.stream(rewards).map(double[]::clone).toArray(double[][]::new);
        weights = weights.clone();
        if (groups.length != rewards.length || weights.length == 0) {
            throw new IllegalArgumentException(groups.length + " group ids for " + rewards.length + " completions by "
                    + weights.length + " reward functions");
        }
        for (double[] row : rewards) {
            if (row.length != weights.length || Arrays.stream(row).anyMatch(Double::isInfinite)) {
                throw new IllegalArgumentException("the rewards " + Arrays.toString(row) + " of " + weights.length);
            }
        }
    }

    /** Rewards of one function. */
    public static GroupedRewards of(long[] groups, double... rewards) {
        double[][] rows =
                Arrays.stream(rewards).mapToObj(reward -> new double[] {reward}).toArray(double[][]::new);
        return new GroupedRewards(groups, rows, new double[] {1});
    }

    /** The number of completions. */
    public int size() {
        return groups.length;
    }

    /** The positions of each group's completions, groups in the order of their first completion. */
    public Collection<List<Integer>> members() {
        Map<Long, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            byGroup.computeIfAbsent(groups[i], id -> new ArrayList<>()).add(i);
        }
        return byGroup.values();
    }

    /** One function's rewards of all completions. */
    public double[] column(int function) {
        return Arrays.stream(rewards).mapToDouble(row -> row[function]).toArray();
    }

    /**
     * The weighted sum of the functions for each completion, NaN if it is missing. A function that scored none of a group's
     * completions does not apply to the group and adds nothing; one that scored some of them leaves the others without a
     * sum, since a 0 in its place would move the group's baseline.
     */
    public double[] sums() {
        double[] sums = new double[size()];
        for (List<Integer> group : members()) {
            boolean[] applies = applying(group);
            for (int i : group) {
                sums[i] = sum(rewards[i], applies);
            }
        }
        return sums;
    }

    /** The weighted sums less the mean of their group; NaN where one is missing. */
    public double[] centred() {
        double[] sums = sums();
        double[] centred = new double[sums.length];
        for (List<Integer> group : members()) {
            Sample sample = Sample.of(sums, group);
            for (int i : group) {
                centred[i] = sums[i] - sample.mean();
            }
        }
        return centred;
    }

    private boolean[] applying(List<Integer> group) {
        boolean[] applies = new boolean[weights.length];
        for (int function = 0; function < applies.length; function++) {
            for (int i : group) {
                applies[function] |= !Double.isNaN(rewards[i][function]);
            }
        }
        return applies;
    }

    private double sum(double[] row, boolean[] applies) {
        double sum = 0;
        boolean any = false;
        for (int function = 0; function < applies.length; function++) {
            if (applies[function]) {
                sum += weights[function] * row[function];
                any = true;
            }
        }
        return any ? sum : Double.NaN;
    }
}
