package dev.attune.feedback.quality;

import dev.attune.core.stats.quality.TaskAgreement;
import dev.attune.feedback.store.Subject;
import java.util.List;

/**
 * A task in the list for reviewers.
 *
 * @param disputed the criteria under which two labelers contradict each other, lowest agreement first, and no reviewer
 *     has decided
 * @param notes by labelers
 * @param decided the criteria under which a reviewer has decided
 * @param test whether it is a test question
 */
public record ReviewItem(
        Subject subject, List<TaskAgreement> disputed, List<Note> notes, List<String> decided, boolean test) {
    public ReviewItem {
        disputed = List.copyOf(disputed);
        notes = List.copyOf(notes);
        decided = List.copyOf(decided);
    }

    /** Whether it has an open flag. */
    public boolean flagged() {
        return notes.stream().anyMatch(Note::open);
    }

    /** Whether a labeler skipped it. */
    public boolean skipped() {
        return notes.stream().anyMatch(note -> note.kind() == Note.Kind.SKIP);
    }

    /** The lowest agreement among the disputed criteria; 1 if there are none. */
    public double agreement() {
        return disputed.stream().mapToDouble(TaskAgreement::agreement).min().orElse(1);
    }
}
