package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.VerifiableReward;
import dev.attune.core.reward.verify.ExactAnswerReward;
import dev.attune.core.reward.verify.Extraction;
import dev.attune.core.reward.verify.NumericAnswerReward;
import dev.attune.core.text.PlainWords;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;

/** How an answer is compared with the known one. */
enum Match {
    /** As numbers, by {@link NumericAnswerReward}: the stated or last number of the answer. */
    NUMBER,
    /** As a whole text, without regard to case and white space. */
    EXACT,
    /** The known answer occurs in the answer as whole words, without regard to case. */
    CONTAINS;

    boolean isRight(NamedRow row, String column, String answer) {
        return switch (this) {
            case NUMBER -> judged(new NumericAnswerReward(column), row, answer);
            case EXACT -> judged(new ExactAnswerReward(column, true, Extraction.WHOLE), row, answer);
            case CONTAINS -> (" " + PlainWords.of(answer) + " ").contains(" " + PlainWords.of(row.text(column)) + " ");
        };
    }

    /** Refuses a row whose known answer this cannot compare: it would not even match itself. */
    void require(NamedRow row, String column) {
        if (!isRight(row, column, row.text(column))) {
            throw BadInputException.at(
                    row.place(),
                    "the answer '" + row.text(column) + "'",
                    this == NUMBER ? "one number, or a text that ends in #### and one number" : "a text with words",
                    "correct the row, or choose another match");
        }
    }

    private static boolean judged(VerifiableReward reward, NamedRow row, String answer) {
        return reward.judge(new PromptCompletion(Prompt.text(""), answer, row.columns()))
                        .value()
                > 0;
    }
}
