package dev.attune.feedback.revision;

import dev.attune.core.text.Prompt;
import java.util.List;

/**
 * An answer with all its drafts.
 *
 * @param row the number of the prompt in its file, from 0
 * @param answer the first answer
 * @param drafts one per round
 * @param stop why there was no further round
 */
public record RevisedAnswer(int row, Prompt prompt, String answer, List<Draft> drafts, Stop stop) {
    /** Why the rounds ended. */
    public enum Stop {
        /** All rounds were made. */
        ROUNDS,
        /** A critique found no fault. */
        NO_FAULT,
        /** A revision had a fault. */
        FAULT,
        /** The first answer holds no word, so there is nothing to criticise. */
        NO_ANSWER;

        /** As people read it. */
        public String words() {
            return switch (this) {
                case ROUNDS -> "all rounds were made";
                case NO_FAULT -> "the critique found no fault";
                case FAULT -> "the revision has a fault";
                case NO_ANSWER -> "the first answer is empty";
            };
        }
    }

    public RevisedAnswer {
        drafts = List.copyOf(drafts);
    }

    /** The last revision without a fault; the answer if there is none. */
    public String result() {
        String result = answer;
        for (Draft draft : drafts) {
            if (draft.used() && draft.revision() != null) {
                result = draft.revision();
            }
        }
        return result;
    }

    /** Whether the result is another text than the answer. */
    public boolean changed() {
        return !result().equals(answer);
    }
}
