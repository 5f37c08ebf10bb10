package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a job.
 *
 * @param already items that were judged before it started
 * @param judgements of all items, in their order
 * @param scores mean verdict over scored items, and the numbers of scored and unscored ones
 * @param reasons how many are unscored for each reason that occurs
 */
public record JudgingReport(
        int already, List<Judgement> judgements, ScoredMean scores, Map<UnscoredReason, Integer> reasons) {
    public JudgingReport {
        judgements = List.copyOf(judgements);
        reasons = Map.copyOf(reasons);
    }

    static JudgingReport of(int already, List<Judgement> judgements) {
        List<Verdict<Double>> verdicts =
                judgements.stream().map(Judgement::verdict).toList();
        Map<UnscoredReason, Integer> reasons = new EnumMap<>(UnscoredReason.class);
        verdicts.forEach(
                verdict -> verdict.unscoredReason().ifPresent(reason -> reasons.merge(reason, 1, Integer::sum)));
        return new JudgingReport(already, judgements, ScoredMean.of(verdicts), reasons);
    }
}
