package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A judgement as a line of a log.
 *
 * @param key of the judge, the item's content and the sample
 * @param item id of the item
 * @param sample number of this vote on the item, from 0
 * @param principle that was judged by, as the judge read it
 */
public record JudgementLine(
        String key,
        String item,
        int sample,
        String judge,
        String principle,
        VerdictLine verdict,
        List<Asked> opinions) {
    public JudgementLine {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(verdict, "verdict");
        opinions = List.copyOf(opinions);
    }

    /**
     * A verdict.
     *
     * @param value null if unscored, for the reason beside it
     */
    public record VerdictLine(
            @Nullable Double value, boolean cut, @Nullable UnscoredReason reason, String detail, String reply) {
        static VerdictLine of(Verdict<Double> verdict) {
            if (verdict instanceof Verdict.Unscored<Double> unscored) {
                return new VerdictLine(null, false, unscored.reason(), unscored.detail(), unscored.reply());
            }
            Verdict.Scored<Double> scored = (Verdict.Scored<Double>) verdict;
            return new VerdictLine(scored.value(), scored.cut(), null, "", scored.reply());
        }

        Verdict<Double> verdict() {
            if (value != null) {
                return new Verdict.Scored<>(value, cut, reply);
            }
            return Verdict.unscored(reason == null ? UnscoredReason.NO_VERDICT : reason, detail, reply);
        }
    }

    /** One reply of the judge. */
    public record Asked(String asked, String thoughts, VerdictLine verdict, int tokens) {}

    static JudgementLine of(String key, String item, int sample, Judgement judgement) {
        return new JudgementLine(
                key,
                item,
                sample,
                judgement.judge(),
                judgement.principle(),
                VerdictLine.of(judgement.verdict()),
                judgement.opinions().stream()
                        .map(one -> new Asked(one.asked(), one.thoughts(), VerdictLine.of(one.verdict()), one.tokens()))
                        .toList());
    }

    /** The judgement of this line. */
    public Judgement judgement() {
        return new Judgement(
                judge,
                principle,
                verdict.verdict(),
                opinions.stream()
                        .map(one -> new Opinion(
                                one.asked(), one.thoughts(), one.verdict().verdict(), one.tokens()))
                        .toList());
    }
}
