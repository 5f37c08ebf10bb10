package dev.attune.world.evaluation;

import dev.attune.core.stats.Interval;
import dev.attune.core.stats.Wilson;

/**
 * A share of cases with its 95 % interval by Wilson's score method.
 *
 * @param hits cases in which it happened
 * @param cases all cases; with none the rate is 0 and the interval [0, 1]
 */
public record Rate(long hits, long cases) {
    public double value() {
        return cases == 0 ? 0 : (double) hits / cases;
    }

    public double low() {
        return interval().low();
    }

    public double high() {
        return interval().high();
    }

    private Interval interval() {
        return cases == 0 ? new Interval(0, 1) : Wilson.interval((double) hits, cases, Interval.LEVEL);
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.1f %% [%.1f, %.1f]", 100 * value(), 100 * low(), 100 * high());
    }
}
