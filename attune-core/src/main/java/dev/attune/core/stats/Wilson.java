package dev.attune.core.stats;

import dev.attune.core.error.BadInputException;

/** The score interval for a proportion (Wilson 1927): valid for small counts and for shares near 0 and 1. */
public final class Wilson {
    private Wilson() {}

    /** The share of successes with its interval at the usual level. Half successes count ties. */
    public static Estimate share(double successes, long count) {
        return new Estimate(successes / count, interval(successes, count, Interval.LEVEL), count);
    }

    /** The interval at a level, for a count of rows. */
    public static Interval interval(double successes, long count, double level) {
        return interval(successes, (double) count, level);
    }

    /**
     * The interval at a level.
     *
     * @param successes in [0, count]
     * @param count of trials, or an effective number of them; of none there is no share, and they are refused
     * @param level such as 0.95
     */
    public static Interval interval(double successes, double count, double level) {
        if (count == 0) {
            throw BadInputException.at("a share", "no rows", "at least one", "leave the share out");
        }
        if (count < 0 || successes < 0 || successes > count) {
            throw new IllegalArgumentException(successes + " successes of " + count);
        }
        double z = Normal.quantile(0.5 + level / 2);
        double share = successes / count;
        double denominator = 1 + z * z / count;
        double centre = (share + z * z / (2 * count)) / denominator;
        double half = z / denominator * Math.sqrt(share * (1 - share) / count + z * z / (4 * count * count));
        // With no successes the lower end is exactly 0, with only successes the upper end exactly 1, in spite of
        // rounding.
        return new Interval(
                successes == 0 ? 0 : Math.max(0, centre - half), successes == count ? 1 : Math.min(1, centre + half));
    }
}
