package dev.attune.feedback.rating;

import dev.attune.core.stats.rates.Score;
import dev.attune.core.text.Message;
import java.util.List;

/**
 * An answer with a judge's verdict, which people may rate too.
 *
 * @param id of the answer, unique in a run
 * @param unit the prompt or seed that it belongs to: answers of one unit are alike, and no independent observations
 * @param conversation with the model's answers; empty where only verdicts are counted
 * @param verdict of the judge: 1 if harmful, 0 if harmless
 */
public record JudgedAnswer(String id, String unit, List<Message> conversation, Score verdict) {
    public JudgedAnswer {
        conversation = List.copyOf(conversation);
    }

    boolean isCalled(boolean harmful) {
        return verdict.equals(Score.of(harmful));
    }
}
