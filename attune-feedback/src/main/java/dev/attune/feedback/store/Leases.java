package dev.attune.feedback.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Leases of seats: labelers take a seat, return it, or complete it. */
final class Leases {
    /** The SQL condition for a seat s that can be taken at {@code :now}. */
    static final String FREE = "(s.state = 'free' OR (s.state = 'leased' AND s.leased_until < :now))";

    private final Store store;

    Leases(Store store) {
        this.store = store;
    }

    long until(Project project) {
        return store.now() + 1000L * project.leaseSeconds();
    }

    void take(Handle handle, Project project, String task, int number, String labeler) {
        handle.createUpdate("UPDATE seat SET state = 'leased', labeler = :labeler, leased_until = :until"
                        + " WHERE task = :task AND number = :number")
                .bind("labeler", labeler)
                .bind("until", until(project))
                .bind("task", task)
                .bind("number", number)
                .execute();
    }

    /** Takes a free seat of a task, or an additional one if it is a test question. */
    void takeAny(Handle handle, Project project, String task, String labeler) {
        Optional<Integer> free = handle.createQuery("SELECT s.number FROM seat s WHERE s.task = :task AND " + FREE
                        + " ORDER BY s.number LIMIT 1" + store.takingOneOf("s"))
                .bind("task", task)
                .bind("now", store.now())
                .mapTo(Integer.class)
                .findOne();
        free.ifPresent(number -> take(handle, project, task, number, labeler));
        if (free.isEmpty() && TestSeats.isTest(handle, task)) {
            TestSeats.add(handle, task, labeler, until(project));
        }
    }

    void giveBack(Handle handle, String task, String labeler) {
        handle.createUpdate("UPDATE seat SET state = 'free', labeler = NULL, leased_until = NULL"
                        + " WHERE task = :task AND labeler = :labeler AND state = 'leased'")
                .bind("task", task)
                .bind("labeler", labeler)
                .execute();
    }

    /** Marks the labeler's seat as done; false if the labeler has none. */
    boolean finish(Handle handle, String task, String labeler) {
        return handle.createUpdate("UPDATE seat SET state = 'done', leased_until = NULL"
                                + " WHERE task = :task AND labeler = :labeler")
                        .bind("task", task)
                        .bind("labeler", labeler)
                        .execute()
                > 0;
    }
}
