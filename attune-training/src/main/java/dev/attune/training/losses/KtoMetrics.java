package dev.attune.training.losses;

import org.jspecify.annotations.Nullable;

/**
 * The rewards of KTO's rows by class, as sums, so that micro-batches can be added. A class without rows has no mean: null,
 * never NaN.
 *
 * @param wanted number of desirable rows
 * @param wantedReward sum of beta g over desirable rows
 * @param unwanted number of undesirable rows
 * @param unwantedReward sum of beta g over undesirable rows
 */
public record KtoMetrics(long wanted, double wantedReward, long unwanted, double unwantedReward) {
    /** No rows. */
    public static final KtoMetrics NONE = new KtoMetrics(0, 0, 0, 0);

    /** @param ratios g of each row */
    public static KtoMetrics of(double[] ratios, boolean[] wanted, double beta) {
        KtoMetrics sum = NONE;
        for (int i = 0; i < ratios.length; i++) {
            double reward = beta * ratios[i];
            sum = sum.plus(wanted[i] ? new KtoMetrics(1, reward, 0, 0) : new KtoMetrics(0, 0, 1, reward));
        }
        return sum;
    }

    public KtoMetrics plus(KtoMetrics other) {
        return new KtoMetrics(
                wanted + other.wanted,
                wantedReward + other.wantedReward,
                unwanted + other.unwanted,
                unwantedReward + other.unwantedReward);
    }

    /** The mean reward of desirable rows, or null. */
    public @Nullable Double chosen() {
        return wanted == 0 ? null : wantedReward / wanted;
    }

    /** The mean reward of undesirable rows, or null. */
    public @Nullable Double rejected() {
        return unwanted == 0 ? null : unwantedReward / unwanted;
    }

    /** The lead of desirable over undesirable rows, or null if a class is absent. */
    public @Nullable Double margin() {
        Double chosen = chosen();
        Double rejected = rejected();
        return chosen == null || rejected == null ? null : chosen - rejected;
    }
}
