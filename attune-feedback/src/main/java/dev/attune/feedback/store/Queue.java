package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The queue of tasks for labelers. A task has as many seats as the project's overlap; a labeler holds one of them by a
 * lease, so that no two labelers have the same seat and an abandoned one becomes free. Everyone is asked the test
 * questions.
 */
public final class Queue {
    private final Store store;
    private final Leases leases;
    private final Visits visits;
    private final SubmissionIntake answers;

    public Queue(Store store) {
        this.store = store;
        this.leases = new Leases(store);
        this.visits = new Visits(store);
        this.answers = new SubmissionIntake(store);
    }

    /** @param order the number of its task */
    private record Seat(String task, int number, long order) {}

    /** The labeler's open task, or the next one; empty if no task is left. */
    public Optional<Assignment> next(Project project, String labeler) {
        return store.write(handle -> {
            Optional<Seat> seat =
                    held(handle, project.id(), labeler, store.holding("s")).or(() -> open(handle, project, labeler));
            return seat.map(taken -> {
                leases.take(handle, project, taken.task(), taken.number(), labeler);
                return assignment(handle, project, taken.task(), labeler);
            });
        });
    }

    /** Whether there is a task left for a labeler. */
    public boolean waits(Project project, String labeler) {
        return store.read(handle -> held(handle, project.id(), labeler, "").isPresent()
                || free(handle, project.id(), labeler).isPresent()
                || TestSeats.before(handle, project.id(), labeler, Long.MAX_VALUE)
                        .isPresent());
    }

    /** A free seat, or an additional one of a test question that comes earlier. */
    private Optional<Seat> open(Handle handle, Project project, String labeler) {
        Optional<Seat> free = free(handle, project.id(), labeler);
        long before = free.map(Seat::order).orElse(Long.MAX_VALUE);
        return TestSeats.before(handle, project.id(), labeler, before)
                .map(owed -> new Seat(
                        owed.task(), TestSeats.add(handle, owed.task(), labeler, leases.until(project)), owed.number()))
                .or(() -> free);
    }

    /** Assigns the first seat of a task to a labeler who has seen its completions elsewhere. */
    void seat(Handle handle, Project project, String task, String labeler, List<Integer> shown) {
        leases.take(handle, project, task, 1, labeler);
        visits.begin(handle, task, labeler, shown);
    }

    /**
     * @param holding the SQL suffix that locks the row, so that nobody else takes a seat with an expired lease while it
     *     is renewed
     */
    private static Optional<Seat> held(Handle handle, String project, String labeler, String holding) {
        return handle.createQuery("SELECT s.task, s.number, s.place FROM seat s"
                        + " WHERE s.project = :project AND s.labeler = :labeler AND s.state = 'leased'"
                        + " ORDER BY s.place LIMIT 1" + holding)
                .bind("project", project)
                .bind("labeler", labeler)
                .map((row, context) -> new Seat(row.getString("task"), row.getInt("number"), row.getLong("place")))
                .findOne();
    }

    /**
     * The first free seat of a task that the labeler has not taken or skipped, and whose answer the labeler did not
     * set.
     */
    private Optional<Seat> free(Handle handle, String project, String labeler) {
        return handle.createQuery("SELECT s.task, s.number, s.place FROM seat s"
                        + " WHERE s.project = :project AND s.state <> 'done' AND " + Leases.FREE
                        + " AND NOT EXISTS (SELECT 1 FROM seat own WHERE own.task = s.task AND own.labeler = :labeler)"
                        + " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.task = s.task AND v.labeler = :labeler"
                        + " AND v.state <> 'open')"
                        + " AND NOT EXISTS (SELECT 1 FROM test_question q WHERE q.task = s.task"
                        + " AND q.reviewer = :labeler)"
                        + " ORDER BY s.priority DESC, s.place, s.number LIMIT 1" + store.takingOneOf("s"))
                .bind("project", project)
                .bind("labeler", labeler)
                .bind("now", store.now())
                .map((row, context) -> new Seat(row.getString("task"), row.getInt("number"), row.getLong("place")))
                .findOne();
    }

    private Assignment assignment(Handle handle, Project project, String task, String labeler) {
        List<String> texts = Tasks.completions(handle, task).stream()
                .map(Ranking.Completion::text)
                .toList();
        visits.begin(handle, task, labeler, Orders.shuffled(texts.size(), task + labeler));
        return handle.createQuery("SELECT t.number, v.shown, v.draft FROM task t JOIN visit v ON v.task = t.id"
                        + " WHERE t.id = :task AND v.labeler = :labeler")
                .bind("task", task)
                .bind("labeler", labeler)
                .map((row, context) -> new Assignment(
                        task,
                        row.getLong("number"),
                        Tasks.prompt(handle, task),
                        texts,
                        Orders.indices(row.getString("shown")),
                        row.getString("draft"),
                        Projects.newest(handle, project.id())))
                .one();
    }

    /** Stores an unfinished answer. */
    public void keepDraft(String task, String labeler, String draft) {
        store.write(handle -> {
            visits.keepDraft(handle, task, labeler, draft);
            return true;
        });
    }

    /**
     * Skips a task: returns the seat, and the labeler does not see the task again.
     *
     * @throws dev.attune.core.error.BadInputException if the labeler was not shown the task
     */
    public void skip(String task, String labeler, String reason) {
        store.write(handle -> {
            visits.hold(handle, task, labeler);
            addNote(handle, task, labeler, "skip", reason);
            visits.skip(handle, task, labeler);
            leases.giveBack(handle, task, labeler);
            return true;
        });
    }

    /**
     * Flags a problem of the task for reviewers; the labeler continues with the task.
     *
     * @throws dev.attune.core.error.BadInputException if the labeler was not shown the task
     */
    public void flag(String task, String labeler, String reason) {
        store.write(handle -> {
            visits.hold(handle, task, labeler);
            addNote(handle, task, labeler, "flag", reason);
            return true;
        });
    }

    private void addNote(Handle handle, String task, String labeler, String kind, String reason) {
        long now = store.now();
        Insert.into("note")
                .value("id", Ids.at(now))
                .value("task", task)
                .value("labeler", labeler)
                .value("kind", kind)
                .value("reason", reason)
                .value("created", now)
                .run(handle);
        store.record(handle, labeler, "task-" + kind, task, Map.of("reason", reason));
    }

    /**
     * Submits a labeler's answer. Submitting it again changes nothing; another answer to the same task is a new
     * revision, and the earlier one is kept.
     *
     * @throws dev.attune.core.error.BadInputException if it is not a valid answer to this task, or the labeler was not
     *     shown it
     */
    public Submission.Outcome submit(Submission submission) {
        return store.write(handle -> answers.submit(handle, submission));
    }

    /** The same within an existing transaction. */
    Submission.Outcome submit(Handle handle, Submission submission) {
        return answers.submit(handle, submission);
    }
}
