package dev.attune.training.advantage;

import java.util.List;
import java.util.Locale;

/**
 * Advantages relative to the completion's group (GRPO, arXiv 2402.03300, section 4.1.2):
 *
 * <pre>
 *   A_i = (r_i - mean of the group) / (s + 1e-4)
 * </pre>
 *
 * with s the sample standard deviation (divided by G - 1), as in TRL. Without scaling the division is left out, as in Dr.
 * GRPO (arXiv 2503.20783). Several rewards are either summed first, or normalised first and then summed, so that a reward
 * of large numbers does not drown the others.
 *
 * @param scale whose deviation is s
 * @param combination of several rewards
 */
public record GroupRelative(Scale scale, Combination combination) implements AdvantageEstimator {
    static final double EPSILON = 1e-4;

    /** Whose standard deviation divides. */
    public enum Scale {
        /** That of the completion's group. */
        GROUP,
        /** That of all rewards of the batch; they are still centred in their groups. */
        BATCH,
        /** No division. */
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is done with several rewards. */
    public enum Combination {
        /** Weighted sum, then centred and scaled (TRL's default). */
        SUM_THEN_NORMALIZE,
        /** Each centred and scaled in its group, then the weighted sum. Always scales by the group. */
        NORMALIZE_EACH,
        /**
         * As before, and the sums centred and scaled once more over the batch (GDPO, arXiv 2601.05242), as TRL's option of
         * this name.
         */
        NORMALIZE_THEN_SUM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** TRL's defaults. */
    public static GroupRelative defaults() {
        return new GroupRelative(Scale.GROUP, Combination.SUM_THEN_NORMALIZE);
    }

    @Override
    public Advantages estimate(GroupedRewards rewards) {
        Groups.requirePairs(rewards);
        double[] sums = rewards.sums();
        double[] values =
                switch (combination) {
                    case SUM_THEN_NORMALIZE -> normalized(sums, rewards, scale);
                    case NORMALIZE_EACH -> summed(rewards);
                    case NORMALIZE_THEN_SUM -> Groups.normalized(summed(rewards));
                };
        return Advantages.of(values, sums, rewards);
    }

    private static double[] normalized(double[] values, GroupedRewards rewards, Scale scale) {
        double[] result = new double[values.length];
        double ofBatch = Sample.of(values).deviation();
        for (List<Integer> group : rewards.members()) {
            Sample sample = Sample.of(values, group);
            double divisor =
                    switch (scale) {
                        case GROUP -> sample.deviation() + EPSILON;
                        case BATCH -> ofBatch + EPSILON;
                        case NONE -> 1;
                    };
            for (int i : group) {
                result[i] = sample.count() < 2 ? Double.NaN : (values[i] - sample.mean()) / divisor;
            }
        }
        return result;
    }

    /** The functions' rewards, each normalised in its group, summed by the rules of {@link GroupedRewards#sums}. */
    private static double[] summed(GroupedRewards rewards) {
        double[][] rows = new double[rewards.size()][rewards.weights().length];
        for (int function = 0; function < rewards.weights().length; function++) {
            double[] column = normalized(rewards.column(function), rewards, Scale.GROUP);
            for (int i = 0; i < rows.length; i++) {
                rows[i][function] = column[i];
            }
        }
        return new GroupedRewards(rewards.groups(), rows, rewards.weights()).sums();
    }
}
