package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.Tally;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A mean over the scored verdicts, beside the number of unscored ones.
 *
 * @param mean empty if none is scored
 */
public record ScoredMean(OptionalDouble mean, int scored, int unscored) {
    /** The mean of the scored verdicts. */
    public static ScoredMean of(List<Verdict<Double>> verdicts) {
        Tally tally = Tally.ofNumbers(verdicts.stream()
                .mapToDouble(verdict -> verdict.scoredValue().orElse(Double.NaN))
                .toArray());
        return new ScoredMean(tally.mean(), (int) tally.scored(), (int) tally.unscoredCount());
    }
}
