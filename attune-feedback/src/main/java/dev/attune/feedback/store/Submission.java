package dev.attune.feedback.store;

import java.util.List;

/**
 * A labeler's answer to a task.
 *
 * @param id chosen by the client: submitting it again changes nothing
 * @param edits edited answers; in judgements their indices follow those of the task's completions
 * @param judgements one for each criterion of the project
 * @param seconds seconds since the task was shown
 */
public record Submission(
        String id, String task, String labeler, List<Edit> edits, List<Judgement> judgements, double seconds) {
    public Submission {
        edits = List.copyOf(edits);
        judgements = List.copyOf(judgements);
    }

    /** A submission without edited answers. */
    public Submission(String id, String task, String labeler, List<Judgement> judgements, double seconds) {
        this(id, task, labeler, List.of(), judgements, seconds);
    }

    /**
     * An edited answer.
     *
     * @param original index of the edited completion
     */
    public record Edit(int original, String text) {}

    /** The result of a submission. */
    public enum Outcome {
        /** It was stored. */
        KEPT,
        /** It had been stored before. */
        KNOWN,
        /** The lease had expired and others have taken all seats. */
        TOO_LATE
    }
}
