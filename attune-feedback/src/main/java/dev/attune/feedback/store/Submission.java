package dev.attune.feedback.store;

import java.util.List;

/**
 * A labeler's answer to a task.
 *
 * @param id chosen by whoever sends it: sent again it changes nothing
 * @param edits answers that the labeler made better; in judgements their indices follow those of the task's completions
 * @param judgements one for each criterion of the project
 * @param seconds from when the task was shown
 */
public record Submission(
        String id, String task, String labeler, List<Edit> edits, List<Judgement> judgements, double seconds) {
    public Submission {
        edits = List.copyOf(edits);
        judgements = List.copyOf(judgements);
    }

    /** Without an edited answer. */
    public Submission(String id, String task, String labeler, List<Judgement> judgements, double seconds) {
        this(id, task, labeler, List.of(), judgements, seconds);
    }

    /**
     * An answer made better.
     *
     * @param original which completion of the task it was made of
     */
    public record Edit(int original, String text) {}

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
