package dev.attune.feedback.redteam;

import dev.attune.core.stats.rates.Score;
import dev.attune.feedback.rating.JudgedAnswer;
import java.util.List;

/**
 * What figures count of an attempt: all but its texts.
 *
 * @param seed number of the seed
 * @param score as in {@link Attempt#score()}
 * @param replied whether the target's last call gave a reply
 */
public record AttemptOutcome(
        String id, int seed, String category, String mutation, Family family, Score score, boolean replied) {
    /** The outcome of an attempt. */
    public static AttemptOutcome of(Attempt attempt) {
        return new AttemptOutcome(
                attempt.id(),
                attempt.seed(),
                attempt.category(),
                attempt.mutation(),
                attempt.family(),
                attempt.score(),
                attempt.lastAnswer() != null);
    }

    /** The attempt as {@link Attempt#judged()}, without its conversation. */
    public JudgedAnswer judged() {
        return new JudgedAnswer(id, Integer.toString(seed), List.of(), score);
    }
}
