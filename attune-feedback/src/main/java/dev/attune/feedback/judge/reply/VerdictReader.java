package dev.attune.feedback.judge.reply;

import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.stats.rates.UnscoredReason;
import java.util.Optional;

/**
 * Reads the verdict of a reply. Think blocks go first, then the last verdict of the declared form is read; one that is
 * off the menu never uncovers an earlier one.
 *
 * @param <T> the type of the values
 */
public record VerdictReader<T>(Form form, Values<T> values) {
    /** Reads a reply that ended by itself. */
    public Verdict<T> read(String reply) {
        return read(reply, StopReason.END_TOKEN);
    }

    /**
     * Reads a reply.
     *
     * @param stop why it ended; after {@code LENGTH} it is cut off, and a verdict at its very end may be incomplete
     */
    public Verdict<T> read(String reply, StopReason stop) {
        Optional<String> said = ThinkBlocks.strip(reply);
        if (said.isEmpty()) {
            return Verdict.unscored(UnscoredReason.CUT_OFF, "the reply ends inside its thoughts", reply);
        }
        String text = Plain.characters(said.get());
        Found<T> found = form.find(text, values);
        if (stop == StopReason.LENGTH) {
            found = cut(text, found);
        }
        if (found.isNothing(UnscoredReason.NO_VERDICT) && Refusals.read(said.get()) == AnswerKind.REFUSED) {
            found = Found.nothing(UnscoredReason.JUDGE_REFUSED, "the judge declines to judge");
        }
        return found.in(reply);
    }

    /** A verdict before the cut stays, if it is the same with more text after it. */
    private Found<T> cut(String text, Found<T> found) {
        boolean whole = form instanceof JsonField || found.equals(form.find(text + "0", values));
        if (found instanceof Found.Value && whole) {
            return found.afterCut();
        }
        return Found.nothing(UnscoredReason.CUT_OFF, "the reply ends at its limit of tokens");
    }
}
