package dev.attune.core.stats;

import java.util.Arrays;

/**
 * The win rate of one model over another on the same items.
 *
 * @param rate wins plus half the ties, as a share, with its interval from resampling the items
 */
public record WinRate(long wins, long ties, long losses, Estimate rate) {
    /** Compares scores item by item; equal scores are ties. */
    public static WinRate of(double[] ours, double[] theirs, long seed) {
        if (ours.length != theirs.length) {
            throw new IllegalArgumentException(ours.length + " scores against " + theirs.length);
        }
        double[] outcomes = new double[ours.length];
        Arrays.setAll(outcomes, i -> (1 + Math.signum(ours[i] - theirs[i])) / 2);
        long wins = Arrays.stream(outcomes).filter(outcome -> outcome == 1).count();
        long losses = Arrays.stream(outcomes).filter(outcome -> outcome == 0).count();
        return new WinRate(wins, ours.length - wins - losses, losses, Bootstrap.mean(outcomes, seed));
    }
}
