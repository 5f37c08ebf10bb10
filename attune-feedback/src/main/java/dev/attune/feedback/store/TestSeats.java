package dev.attune.feedback.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Seats of test questions. Everyone is asked them, independent of the project's overlap: an additional seat is created
 * if none is free. The reviewer who set the answer is not asked.
 */
final class TestSeats {
    private TestSeats() {}

    /** A test question that a labeler has not been asked. */
    record Owed(String task, long number) {}

    /** The first one before the task with this number. */
    static Optional<Owed> before(Handle handle, String project, String labeler, long number) {
        return handle.createQuery("SELECT t.id, t.number FROM test_question q CROSS JOIN task t"
                        + " WHERE t.id = q.task AND t.project = :project AND t.number < :number"
                        + " AND NOT EXISTS (SELECT 1 FROM test_question own WHERE own.task = t.id"
                        + " AND own.reviewer = :labeler)"
                        + " AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.task = t.id AND s.labeler = :labeler)"
                        + " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.task = t.id AND v.labeler = :labeler"
                        + " AND v.state <> 'open') ORDER BY t.number LIMIT 1")
                .bind("project", project)
                .bind("labeler", labeler)
                .bind("number", number)
                .map((row, context) -> new Owed(row.getString("id"), row.getLong("number")))
                .findOne();
    }

    static boolean isTest(Handle handle, String task) {
        return handle.createQuery("SELECT COUNT(*) FROM test_question WHERE task = :task")
                        .bind("task", task)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /**
     * Adds a seat that is taken by the labeler. If another transaction adds a seat with the same number, this waits for
     * it and adds the next.
     *
     * @return the seat's number
     */
    static int add(Handle handle, String task, String labeler, long until) {
        Optional<Integer> number = Optional.empty();
        while (number.isEmpty()) {
            handle.createUpdate(
                            "INSERT INTO seat (task, number, state, labeler, leased_until, project, priority, place)"
                                    + " SELECT t.id, (SELECT COALESCE(MAX(s.number), 0) + 1 FROM seat s WHERE s.task = t.id),"
                                    + " 'leased', :labeler, :until, t.project, t.priority, t.number FROM task t"
                                    + " WHERE t.id = :task ON CONFLICT DO NOTHING")
                    .bind("task", task)
                    .bind("labeler", labeler)
                    .bind("until", until)
                    .execute();
            number = handle.createQuery("SELECT number FROM seat WHERE task = :task AND labeler = :labeler")
                    .bind("task", task)
                    .bind("labeler", labeler)
                    .mapTo(Integer.class)
                    .findOne();
        }
        return number.get();
    }
}
