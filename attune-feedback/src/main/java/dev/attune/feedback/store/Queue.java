package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * Hands out tasks and takes the answers. A task has as many seats as the project's overlap; a labeler takes one of them for
 * the time of a lease, so that no two take the same place and one who vanishes frees it. Everybody is asked the test questions.
 */
public final class Queue {
    /** Whether a seat s can be taken at the time {@code :now}. */
    private static final String FREE = "(s.state = 'free' OR (s.state = 'leased' AND s.leased_until < :now))";

    private final Store store;

    /** Those that tasks were asked of; a project never changes once it is made. */
    private final Map<String, Project> projects = new ConcurrentHashMap<>();

    public Queue(Store store) {
        this.store = store;
    }

    /** @param order the number of its task */
    private record Seat(String task, int number, long order) {}

    /** The task that the labeler has open, or the next one; none where nothing is left to do. */
    public Optional<Assignment> next(Project project, String labeler) {
        return store.write(handle -> {
            Optional<Seat> seat = held(handle, project.id(), labeler).or(() -> open(handle, project, labeler));
            return seat.map(taken -> {
                lease(handle, taken.task(), taken.number(), labeler, project.leaseSeconds());
                return assignment(handle, project, taken.task(), labeler);
            });
        });
    }

    /** Whether there is anything left to do for a labeler. */
    public boolean waits(Project project, String labeler) {
        return store.read(handle -> held(handle, project.id(), labeler).isPresent()
                || free(handle, project.id(), labeler).isPresent()
                || TestSeats.before(handle, project.id(), labeler, Long.MAX_VALUE)
                        .isPresent());
    }

    /** A free seat, or one more at a test question that comes before. */
    private Optional<Seat> open(Handle handle, Project project, String labeler) {
        Optional<Seat> free = free(handle, project.id(), labeler);
        long before = free.map(Seat::order).orElse(Long.MAX_VALUE);
        return TestSeats.before(handle, project.id(), labeler, before)
                .map(owed -> new Seat(
                        owed.task(),
                        TestSeats.add(handle, owed.task(), labeler, until(project.leaseSeconds())),
                        owed.number()))
                .or(() -> free);
    }

    private long until(int seconds) {
        return store.now() + 1000L * seconds;
    }

    /** Gives the first seat of a task to a labeler who has seen its completions elsewhere. */
    void seat(Handle handle, Project project, String task, String labeler, List<Integer> shown) {
        lease(handle, task, 1, labeler, project.leaseSeconds());
        visit(handle, task, labeler, shown);
    }

    private static Optional<Seat> held(Handle handle, String project, String labeler) {
        return handle.createQuery("SELECT s.task, s.number, s.place FROM seat s"
                        + " WHERE s.project = :project AND s.labeler = :labeler AND s.state = 'leased'"
                        + " ORDER BY s.place LIMIT 1")
                .bind("project", project)
                .bind("labeler", labeler)
                .map((row, context) -> new Seat(row.getString("task"), row.getInt("number"), row.getLong("place")))
                .findOne();
    }

    /** The first free seat of a task that the labeler has neither taken nor skipped nor given the answer to. */
    private Optional<Seat> free(Handle handle, String project, String labeler) {
        return handle.createQuery("SELECT s.task, s.number, s.place FROM seat s"
                        + " WHERE s.project = :project AND s.state <> 'done'"
                        + " AND " + FREE
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

    private void lease(Handle handle, String task, int number, String labeler, int seconds) {
        handle.createUpdate("UPDATE seat SET state = 'leased', labeler = :labeler, leased_until = :until"
                        + " WHERE task = :task AND number = :number")
                .bind("labeler", labeler)
                .bind("until", until(seconds))
                .bind("task", task)
                .bind("number", number)
                .execute();
    }

    private Assignment assignment(Handle handle, Project project, String task, String labeler) {
        List<String> texts = Tasks.completions(handle, task).stream()
                .map(Ranking.Completion::text)
                .toList();
        visit(handle, task, labeler, Orders.shuffled(texts.size(), task + labeler));
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

    private void visit(Handle handle, String task, String labeler, List<Integer> shown) {
        Insert.into("visit")
                .value("task", task)
                .value("labeler", labeler)
                .value("state", "open")
                .value("shown", Json.line(shown))
                .value("opened", store.now())
                .unlessThere(handle);
    }

    /** Keeps what is not submitted yet. */
    public void keepDraft(String task, String labeler, String draft) {
        store.write(handle -> handle.createUpdate(
                        "UPDATE visit SET draft = :draft WHERE task = :task AND labeler = :labeler AND state = 'open'")
                .bind("draft", draft)
                .bind("task", task)
                .bind("labeler", labeler)
                .execute());
    }

    /** Gives the seat back; the labeler does not see the task again. */
    public void skip(String task, String labeler, String reason) {
        store.write(handle -> {
            addNote(handle, task, labeler, "skip", reason);
            leave(handle, task, labeler, "skipped");
            return handle.createUpdate("UPDATE seat SET state = 'free', labeler = NULL, leased_until = NULL"
                            + " WHERE task = :task AND labeler = :labeler AND state = 'leased'")
                    .bind("task", task)
                    .bind("labeler", labeler)
                    .execute();
        });
    }

    /** Tells reviewers that something is wrong with the task; the labeler goes on with it. */
    public void flag(String task, String labeler, String reason) {
        store.write(handle -> {
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

    private static void leave(Handle handle, String task, String labeler, String state) {
        handle.createUpdate("UPDATE visit SET state = :state, draft = NULL WHERE task = :task AND labeler = :labeler")
                .bind("state", state)
                .bind("task", task)
                .bind("labeler", labeler)
                .execute();
    }

    /**
     * Takes a labeler's answer. Sent again it changes nothing; sent for a task that the labeler has answered before it is a
     * change of mind, and the earlier answer stays in the store.
     *
     * @throws BadInputException where it is not an answer to this task
     */
    public Submission.Outcome submit(Submission submission) {
        return store.write(handle -> submit(handle, submission));
    }

    /** The same within a transaction that does more. */
    Submission.Outcome submit(Handle handle, Submission submission) {
        if (known(handle, submission.id(), submission.labeler())) {
            return Submission.Outcome.KNOWN;
        }
        Project project = projectOf(handle, submission.task());
        require(handle, project, submission);
        if (!seated(handle, project, submission)) {
            return Submission.Outcome.TOO_LATE;
        }
        String shown = shown(handle, submission);
        int guideline = Projects.newest(handle, project.id()).version();
        addEdits(handle, submission);
        RankingRow.insert(
                handle,
                submission.judgements().stream()
                        .map(judgement -> row(submission, judgement, shown, guideline))
                        .toList());
        leave(handle, submission.task(), submission.labeler(), "submitted");
        store.record(handle, submission.labeler(), "ranked", submission.task(), Map.of("submission", submission.id()));
        return Submission.Outcome.KEPT;
    }

    private Project projectOf(Handle handle, String task) {
        String id = Tasks.projectIdOf(handle, task);
        Project known = projects.get(id);
        if (known == null) {
            known = Projects.find(handle, id).orElseThrow();
            projects.put(id, known);
        }
        return known;
    }

    static boolean known(Handle handle, String submission, String labeler) {
        return handle.createQuery("SELECT COUNT(*) FROM ranking WHERE submission = :id AND labeler = :labeler")
                        .bind("id", submission)
                        .bind("labeler", labeler)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void require(Handle handle, Project project, Submission submission) {
        Set<String> expected = new HashSet<>();
        project.criteria().forEach(criterion -> expected.add(criterion.name()));
        List<String> given =
                submission.judgements().stream().map(Judgement::criterion).toList();
        if (given.size() != expected.size() || !expected.equals(new HashSet<>(given))) {
            throw BadInputException.at(
                    "submission", "judgements under " + given, "one under each of " + expected, "rank again");
        }
        int completions = Tasks.completions(handle, submission.task()).size();
        submission.edits().forEach(edit -> require(edit, completions));
        int all = completions + submission.edits().size();
        Tasks.requireCount("submission", all);
        submission.judgements().forEach(judgement -> judgement.require(all));
    }

    private static void require(Submission.Edit edit, int completions) {
        if (edit.original() < 0 || edit.original() >= completions || edit.text().isBlank()) {
            throw BadInputException.at(
                    "submission",
                    "an edited answer " + edit.original() + " of " + edit.text().length() + " letters",
                    "the text of one of " + completions + " answers, made better",
                    "write it or take it back");
        }
    }

    /** Whether the labeler has a seat at the task, or can still take one; it is done then. */
    private boolean seated(Handle handle, Project project, Submission submission) {
        if (finish(handle, submission)) {
            return true;
        }
        Optional<Integer> left = handle.createQuery("SELECT s.number FROM seat s WHERE s.task = :task"
                        + " AND " + FREE
                        + " ORDER BY s.number LIMIT 1" + store.takingOneOf("s"))
                .bind("task", submission.task())
                .bind("now", store.now())
                .mapTo(Integer.class)
                .findOne();
        left.ifPresent(
                number -> lease(handle, submission.task(), number, submission.labeler(), project.leaseSeconds()));
        if (left.isEmpty() && TestSeats.isTest(handle, submission.task())) {
            TestSeats.add(handle, submission.task(), submission.labeler(), until(project.leaseSeconds()));
        }
        return finish(handle, submission);
    }

    private static boolean finish(Handle handle, Submission submission) {
        return handle.createUpdate("UPDATE seat SET state = 'done', leased_until = NULL"
                                + " WHERE task = :task AND labeler = :labeler")
                        .bind("task", submission.task())
                        .bind("labeler", submission.labeler())
                        .execute()
                > 0;
    }

    private void addEdits(Handle handle, Submission submission) {
        for (int place = 0; place < submission.edits().size(); place++) {
            Submission.Edit edit = submission.edits().get(place);
            Insert.into("edited_answer")
                    .value("labeler", submission.labeler())
                    .value("submission", submission.id())
                    .value("place", place)
                    .value("task", submission.task())
                    .value("original", edit.original())
                    .value("text", edit.text())
                    .value("created", store.now())
                    .run(handle);
        }
    }

    private static String shown(Handle handle, Submission submission) {
        return handle.createQuery("SELECT shown FROM visit WHERE task = :task AND labeler = :labeler")
                .bind("task", submission.task())
                .bind("labeler", submission.labeler())
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> BadInputException.at(
                        "task " + submission.task(),
                        "a task that was not shown to this labeler",
                        "an open one",
                        "go on"));
    }

    private RankingRow row(Submission submission, Judgement judgement, String shown, int guideline) {
        long now = store.now();
        return new RankingRow(
                Ids.at(now),
                submission.task(),
                submission.labeler(),
                submission.id(),
                judgement,
                shown,
                guideline,
                submission.seconds(),
                now);
    }
}
