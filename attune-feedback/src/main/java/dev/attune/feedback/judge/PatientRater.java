package dev.attune.feedback.judge;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Form;
import java.util.List;

/**
 * Asks again if a call fails (no response in time, a malformed one, a withheld one), and gives an unscored opinion if all
 * tries fail.
 *
 * @param tries at least 1
 */
public record PatientRater(Rater rater, int tries) implements Rater {
    /** The rater itself if it is patient, otherwise with a single try. */
    static Rater of(Rater rater) {
        return rater instanceof PatientRater ? rater : new PatientRater(rater, 1);
    }

    @Override
    public Form form() {
        return rater.form();
    }

    @Override
    public String instruction() {
        return rater.instruction();
    }

    /** All at once if that saves time; if that fails, one by one, each with its tries. */
    @Override
    public List<Opinion> rateAll(List<Question> questions, int sample) {
        if (rater.batches()) {
            try {
                return rater.rateAll(questions, sample);
            } catch (RunFailedException failed) {
                return Rater.super.rateAll(questions, sample);
            }
        }
        return Rater.super.rateAll(questions, sample);
    }

    @Override
    public boolean batches() {
        return rater.batches();
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        for (int tried = 1; ; tried++) {
            try {
                return rater.rate(asked, prompt, sample);
            } catch (RunFailedException failed) {
                if (tried >= tries || Thread.currentThread().isInterrupted()) {
                    return Opinion.none(asked, UnscoredReason.JUDGE_FAILED, String.valueOf(failed.getMessage()));
                }
            }
        }
    }
}
