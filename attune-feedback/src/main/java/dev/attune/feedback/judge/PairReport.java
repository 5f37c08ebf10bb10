package dev.attune.feedback.judge;

import dev.attune.feedback.judge.reply.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a judge of pairs behaves over many pairs.
 *
 * @param winRate mean probability that the first answer is better; a tie counts one half
 * @param firstShown mean probability given to the answer that is shown first: 0.5 without position bias
 * @param consistent pairs with the same side, or a tie, in both orders
 * @param halfConsistent pairs with a tie in one order and a side in the other
 * @param inconsistent pairs with opposite sides
 */
public record PairReport(
        ScoredMean winRate, OptionalDouble firstShown, int consistent, int halfConsistent, int inconsistent) {
    /** The report of judgements by {@link PairJudge}. */
    public static PairReport of(List<Judgement> judgements) {
        Map<Consistency, Integer> counts = new EnumMap<>(Consistency.class);
        List<Verdict<Double>> shown = new ArrayList<>();
        for (Judgement judgement : judgements) {
            Consistency.of(judgement).ifPresent(consistency -> {
                counts.merge(consistency, 1, Integer::sum);
                judgement.opinions().forEach(opinion -> shown.add(opinion.verdict()));
            });
        }
        return new PairReport(
                ScoredMean.of(judgements.stream().map(Judgement::verdict).toList()),
                ScoredMean.of(shown).mean(),
                counts.getOrDefault(Consistency.CONSISTENT, 0),
                counts.getOrDefault(Consistency.HALF, 0),
                counts.getOrDefault(Consistency.INCONSISTENT, 0));
    }

    /** Pairs with a verdict in both orders. */
    public int pairs() {
        return consistent + halfConsistent + inconsistent;
    }

    /** The share of inconsistent pairs in [0, 1]; empty if there are no pairs. */
    public OptionalDouble inconsistentShare() {
        return pairs() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) inconsistent / pairs());
    }
}
