package dev.attune.core.stats;

import dev.attune.core.error.BadInputException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The win rate of one model over another on the same items.
 *
 * @param rate wins plus half the ties, as a share, with its interval from resampling the items
 */
public record WinRate(long wins, long ties, long losses, Estimate rate) {
    /** Compares scores item by item; equal scores are ties, items with NaN on a side are left out. */
    public static WinRate of(double[] ours, double[] theirs, long seed) {
        if (ours.length != theirs.length) {
            throw new IllegalArgumentException(ours.length + " scores against " + theirs.length);
        }
        double[] outcomes = IntStream.range(0, ours.length)
                .mapToDouble(i -> (1 + Math.signum(ours[i] - theirs[i])) / 2)
                .filter(outcome -> !Double.isNaN(outcome))
                .toArray();
        if (outcomes.length == 0) {
            throw BadInputException.at(
                    "a win rate", "no item that both were scored on", "at least one", "leave the rate out");
        }
        long wins = Arrays.stream(outcomes).filter(outcome -> outcome == 1).count();
        long losses = Arrays.stream(outcomes).filter(outcome -> outcome == 0).count();
        return new WinRate(wins, outcomes.length - wins - losses, losses, Bootstrap.mean(outcomes, seed));
    }
}
