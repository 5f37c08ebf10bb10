package dev.attune.feedback.quality;

import org.jspecify.annotations.Nullable;

/**
 * A labeler's note to reviewers about a task.
 *
 * @param labeler the labeler's name
 * @param settlement how a flag was settled; null while it is open
 */
public record Note(
        String id,
        String task,
        String labeler,
        Kind kind,
        String reason,
        @Nullable Settlement settlement) {
    /** The kind of a note. */
    public enum Kind {
        /** The labeler skipped the task. */
        SKIP,
        /** The labeler flagged a problem of the task. */
        FLAG
    }

    /** @param reviewer the reviewer's name */
    public record Settlement(String reviewer, String done) {}

    /** Whether it is an open flag. */
    public boolean open() {
        return kind == Kind.FLAG && settlement == null;
    }
}
