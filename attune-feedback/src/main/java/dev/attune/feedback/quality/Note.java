package dev.attune.feedback.quality;

import org.jspecify.annotations.Nullable;

/**
 * What a labeler told reviewers about a task.
 *
 * @param labeler by name
 * @param settlement what was done about a flag; null while nothing was
 */
public record Note(
        String id,
        String task,
        String labeler,
        Kind kind,
        String reason,
        @Nullable Settlement settlement) {
    /** Why a note was written. */
    public enum Kind {
        /** The labeler passed the task over. */
        SKIP,
        /** The labeler found something wrong with it. */
        FLAG
    }

    /** @param reviewer by name */
    public record Settlement(String reviewer, String done) {}

    /** Whether it waits for a reviewer. */
    public boolean open() {
        return kind == Kind.FLAG && settlement == null;
    }
}
