package dev.attune.studio.judgements;

import dev.attune.core.chart.Html;
import dev.attune.feedback.annotation.PairLine;
import dev.attune.feedback.judge.JudgementLine;
import dev.attune.feedback.judge.JudgementLine.Asked;
import dev.attune.feedback.judge.JudgementLine.VerdictLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A judgement of a pair, with both orders.
 *
 * @param pair null if the job did not keep its pairs
 * @param order whether both orders agree
 */
public record JudgementView(JudgementLine line, @Nullable PairLine pair, String order) {
    /**
     * One order in which the pair was shown.
     *
     * @param asked which answer was shown first
     * @param verdict for whom, in words
     */
    public record Shown(String asked, String verdict, String thoughts, String reply) {}

    /** The label that the pair gets of this judgement: the probability that the first answer is better. */
    public String label() {
        return describe(line.verdict());
    }

    /** Whether the first answer (0) or the second one (1) is better; -1 for a tie or no verdict. */
    public int better() {
        Double value = line.verdict().value();
        return value == null || value == 0.5 ? -1 : value > 0.5 ? 0 : 1;
    }

    public List<Shown> orders() {
        return line.opinions().stream().map(JudgementView::shown).toList();
    }

    private static Shown shown(Asked asked) {
        return new Shown(
                asked.asked(),
                describe(asked.verdict()),
                asked.thoughts(),
                asked.verdict().reply());
    }

    private static String describe(VerdictLine verdict) {
        Double value = verdict.value();
        if (value != null) {
            return Html.number(value);
        }
        return "unscored"
                + (verdict.reason() == null ? "" : ": " + verdict.reason().words());
    }
}
