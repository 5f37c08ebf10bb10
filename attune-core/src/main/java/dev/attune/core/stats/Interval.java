package dev.attune.core.stats;

import java.util.Locale;

/** A confidence interval. */
public record Interval(double low, double high) {
    /** The default confidence level. */
    public static final double LEVEL = 0.95;

    /** Whether a value is inside, ends included. */
    public boolean contains(double value) {
        return value >= low && value <= high;
    }

    /** The interval with three digits after the point. */
    public String describe() {
        return String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
    }
}
