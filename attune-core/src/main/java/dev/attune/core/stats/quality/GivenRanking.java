package dev.attune.core.stats.quality;

import dev.attune.core.feedback.Ranking;
import java.util.List;

/**
 * A ranking with the order shown, the duration and the time.
 *
 * @param task id of the task: rankings of one task are of the same completions in the same order
 * @param shown the order in which the labeler saw the completions, as indices; empty if it is not known
 * @param seconds that it took; NaN if unknown
 * @param time milliseconds since 1970, or {@link #UNKNOWN_TIME}
 */
public record GivenRanking(String task, Ranking ranking, List<Integer> shown, double seconds, long time) {
    /** The time of a ranking that was read from a file without one. */
    public static final long UNKNOWN_TIME = Long.MIN_VALUE;

    public GivenRanking {
        shown = List.copyOf(shown);
    }
}
