package dev.attune.feedback.store;

import org.jdbi.v3.core.Handle;

/** Seats of people who rank elsewhere. */
final class Seats {
    private final Handle handle;

    Seats(Handle handle) {
        this.handle = handle;
    }

    /** Marks a labeler as done with a task: at the seat that is taken, at a free one, or at one more. */
    void done(String task, String labeler) {
        int updated = handle.createUpdate("UPDATE seat SET state = 'done', leased_until = NULL"
                        + " WHERE task = :task AND labeler = :labeler")
                .bind("task", task)
                .bind("labeler", labeler)
                .execute();
        if (updated == 0 && !sat(task, labeler)) {
            Insert.into("seat")
                    .value("task", task)
                    .value("number", last(task) + 1)
                    .value("state", "done")
                    .value("labeler", labeler)
                    .run(handle);
        }
    }

    private boolean sat(String task, String labeler) {
        return handle.createUpdate("UPDATE seat SET state = 'done', labeler = :labeler WHERE task = :task"
                                + " AND state = 'free' AND number = (SELECT MIN(number) FROM seat"
                                + " WHERE task = :task AND state = 'free')")
                        .bind("task", task)
                        .bind("labeler", labeler)
                        .execute()
                > 0;
    }

    private int last(String task) {
        return handle.createQuery("SELECT MAX(number) FROM seat WHERE task = :task")
                .bind("task", task)
                .mapTo(Integer.class)
                .one();
    }
}
