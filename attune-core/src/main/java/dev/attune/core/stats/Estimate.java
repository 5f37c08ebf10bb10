package dev.attune.core.stats;

import java.util.Locale;

/**
 * A figure with its interval.
 *
 * @param count of the items behind it
 */
public record Estimate(double value, Interval interval, long count) {
    /** The figure and its interval with three digits after the point. */
    public String describe() {
        return String.format(Locale.ROOT, "%.3f %s", value, interval.describe());
    }
}
