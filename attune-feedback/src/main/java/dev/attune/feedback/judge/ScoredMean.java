package dev.attune.feedback.judge;

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
        double[] values = verdicts.stream()
                .flatMap(verdict -> verdict.scoredValue().stream())
                .mapToDouble(value -> value)
                .toArray();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return new ScoredMean(
                values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / values.length),
                values.length,
                verdicts.size() - values.length);
    }
}
