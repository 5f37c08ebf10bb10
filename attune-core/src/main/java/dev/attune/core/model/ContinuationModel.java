package dev.attune.core.model;

import dev.attune.core.text.PromptCompletion;
import java.util.List;

/** The interface of a language model that scores given texts: how probable each is as the continuation of a prompt. */
public interface ContinuationModel extends AutoCloseable {
    /**
     * The score of each continuation, in order. A continuation is not expected to end there: the end of the turn is not
     * scored. An empty continuation has log-probability 0.
     *
     * @throws dev.attune.core.error.BadInputException if a prompt cannot be encoded or has no tokens
     */
    List<ContinuationScore> scores(List<PromptCompletion> continuations);

    /**
     * The score of each text on its own, without a chat template: its tokens after the first, which is given. A text of one
     * token has log-probability 0.
     *
     * @throws dev.attune.core.error.BadInputException if a text has no tokens
     */
    List<ContinuationScore> textScores(List<String> texts);

    @Override
    void close();
}
