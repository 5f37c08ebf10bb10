package dev.attune.core.stats.rates;

import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A rate as a judge observed it, corrected for the judge's errors.
 *
 * @param apparent the observed rate
 * @param unclipped the corrected rate by formula, which may be outside [0, 1]
 * @param unclippedInterval its interval by formula
 * @param count of judged rows
 */
public record CorrectedRate(double apparent, double unclipped, Interval unclippedInterval, long count) {
    /** The corrected rate and its interval, each clipped to [0, 1]. */
    public Estimate estimate() {
        return new Estimate(
                clip(unclipped), new Interval(clip(unclippedInterval.low()), clip(unclippedInterval.high())), count);
    }

    /** What was clipped, a line each; none if nothing was. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (unclipped < 0 || unclipped > 1) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the corrected rate is %.3f by formula, shown as %.0f: the judge's accuracy and the rate do not fit",
                    unclipped,
                    clip(unclipped)));
        }
        if (unclippedInterval.high() < 0 || unclippedInterval.low() > 1) {
            notes.add(
                    "the whole interval is outside [0, 1]: the judge is less accurate on these rows than was measured");
        }
        return List.copyOf(notes);
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
