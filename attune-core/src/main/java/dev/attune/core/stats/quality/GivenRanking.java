package dev.attune.core.stats.quality;

import dev.attune.core.feedback.Ranking;
import java.util.List;

/**
 * A ranking and how it came about.
 *
 * @param task names what was ranked: rankings of one task are of the same completions in the same order
 * @param shown the order in which the labeler saw the completions, as indices; empty if it is not known
 * @param seconds that it took; not a number if that is not known
 * @param time milliseconds since 1970, or {@link #UNKNOWN_TIME}
 */
public record GivenRanking(String task, Ranking ranking, List<Integer> shown, double seconds, long time) {
    /** Of a ranking that a file told of without a time. */
    public static final long UNKNOWN_TIME = Long.MIN_VALUE;

    public GivenRanking {
        shown = List.copyOf(shown);
    }
}
