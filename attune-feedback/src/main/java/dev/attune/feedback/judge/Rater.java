package dev.attune.feedback.judge;

import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Form;
import java.util.List;

/** Asks a model for one verdict. */
public interface Rater {
    /** The form of its verdicts; labels of this form are defused in judged texts. */
    Form form();

    /** The sentence of a prompt that asks for the verdict in this form. */
    String instruction();

    /**
     * Asks once.
     *
     * @param asked for the record
     * @param sample number of this vote, from 0
     * @throws dev.attune.core.error.RunFailedException if the call fails
     * @throws dev.attune.core.error.BadInputException if the model cannot be asked at all
     */
    Opinion rate(String asked, Prompt prompt, int sample);

    /**
     * A prompt for a verdict.
     *
     * @param asked for the record
     */
    record Question(String asked, Prompt prompt) {}

    /** Asks once for each, in order, with the errors of {@link #rate}. */
    default List<Opinion> rateAll(List<Question> questions, int sample) {
        return questions.stream()
                .map(question -> rate(question.asked(), question.prompt(), sample))
                .toList();
    }

    /** Whether {@link #rateAll} takes less time than asking one by one. */
    default boolean batches() {
        return false;
    }
}
