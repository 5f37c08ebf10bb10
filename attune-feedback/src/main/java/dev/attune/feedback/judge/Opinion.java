package dev.attune.feedback.judge;

import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.Locale;

/**
 * One reply of a judge's model.
 *
 * @param asked what this one was asked for: {@code A, B} and {@code B, A} for the orders of a pair, the name of a criterion,
 *     or of a judge
 * @param thoughts what the model wrote before it was asked for the verdict; empty if nothing
 * @param verdict as it was given, with the raw reply: for {@code B, A} the probability that B is better
 * @param tokens generated
 */
public record Opinion(String asked, String thoughts, Verdict<Double> verdict, int tokens) {
    /** An opinion without thoughts. */
    public Opinion(String asked, Verdict<Double> verdict, int tokens) {
        this(asked, "", verdict, tokens);
    }

    /** The value of the verdict, or why there is none, as text. */
    public String describe() {
        return verdict.scoredValue()
                .map(value -> String.format(Locale.ROOT, "%.3f", value))
                .or(() -> verdict.unscoredReason().map(UnscoredReason::words))
                .orElse("");
    }

    /** No opinion, without a reply. */
    static Opinion none(String asked, UnscoredReason reason, String detail) {
        return new Opinion(asked, Verdict.unscored(reason, detail, ""), 0);
    }
}
