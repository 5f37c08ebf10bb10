package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Visits: which tasks were shown to which labelers. */
final class Visits {
    private final Store store;

    Visits(Store store) {
        this.store = store;
    }

    /** Shows a task to a labeler, in the same order as before if it was shown already. */
    void begin(Handle handle, String task, String labeler, List<Integer> shown) {
        Insert.into("visit")
                .value("task", task)
                .value("labeler", labeler)
                .value("state", "open")
                .value("shown", Orders.column(shown))
                .value("opened", store.now())
                .unlessThere(handle);
    }

    /**
     * Locks the visit: other requests of the labeler on the task wait until this transaction ends.
     *
     * @return the display order of the task, as stored
     * @throws BadInputException if it was not shown to this labeler
     */
    String hold(Handle handle, String task, String labeler) {
        return handle.createQuery("SELECT v.shown FROM visit v WHERE v.task = :task AND v.labeler = :labeler"
                        + store.holding("v"))
                .bind("task", task)
                .bind("labeler", labeler)
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> BadInputException.at(
                        "task " + task,
                        "a task that was not shown to this labeler",
                        "an open one",
                        "continue with another task"));
    }

    void keepDraft(Handle handle, String task, String labeler, String draft) {
        Insert.requireText("draft", draft);
        handle.createUpdate(
                        "UPDATE visit SET draft = :draft WHERE task = :task AND labeler = :labeler AND state = 'open'")
                .bind("draft", draft)
                .bind("task", task)
                .bind("labeler", labeler)
                .execute();
    }

    /** Marks a visit as skipped unless it was answered, so that the task is not shown again. */
    void skip(Handle handle, String task, String labeler) {
        end(handle, task, labeler, "skipped", " AND state = 'open'");
    }

    void submit(Handle handle, String task, String labeler) {
        end(handle, task, labeler, "submitted", "");
    }

    private static void end(Handle handle, String task, String labeler, String state, String where) {
        handle.createUpdate("UPDATE visit SET state = :state, draft = NULL WHERE task = :task AND labeler = :labeler"
                        + where)
                .bind("state", state)
                .bind("task", task)
                .bind("labeler", labeler)
                .execute();
    }
}
