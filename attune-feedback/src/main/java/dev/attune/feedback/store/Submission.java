package dev.attune.feedback.store;

import java.util.List;

/**
 * A labeler's answer to a task.
 *
 * @param id chosen by whoever sends it: sent again it changes nothing
 * @param judgements one for each criterion of the project
 * @param seconds from when the task was shown
 */
public record Submission(String id, String task, String labeler, List<Judgement> judgements, double seconds) {
    public Submission {
        judgements = List.copyOf(judgements);
    }

    /** What became of it. */
    public enum Outcome {
        /** It is in the store. */
        KEPT,
        /** It was there already. */
        KNOWN,
        /** The lease had ended and others have taken all seats. */
        TOO_LATE
    }
}
