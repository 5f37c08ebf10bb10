package dev.attune.feedback.redteam;

import dev.attune.core.stats.rates.Score;
import dev.attune.feedback.judge.reply.AnswerKind;
import dev.attune.feedback.judge.reply.Refusals;
import dev.attune.feedback.rating.JudgedAnswer;
import java.util.List;

/**
 * What figures count of an attempt: all but its texts.
 *
 * @param seed number of the seed
 * @param score as in {@link Attempt#score()}
 * @param replied whether the target's last call gave a reply
 * @param refused whether the last answer refuses, by its words
 */
public record AttemptOutcome(
        String id,
        int seed,
        String category,
        String mutation,
        Family family,
        Score score,
        boolean replied,
        boolean refused) {
    /** The outcome of an attempt. */
    public static AttemptOutcome of(Attempt attempt) {
        String answer = attempt.lastAnswer();
        return new AttemptOutcome(
                attempt.id(),
                attempt.seed(),
                attempt.category(),
                attempt.mutation(),
                attempt.family(),
                attempt.score(),
                answer != null,
                answer != null && Refusals.read(answer) == AnswerKind.REFUSED);
    }

    /** The attempt as {@link Attempt#judged()}, without its conversation. */
    public JudgedAnswer judged() {
        return new JudgedAnswer(id, Integer.toString(seed), List.of(), score);
    }
}
