package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Hands out tasks and takes the answers. A task has as many seats as the project's overlap; a labeler takes one of them for
 * the time of a lease, so that no two take the same place and one who vanishes frees it.
 */
public final class Queue {
    /** Whether a seat s can be taken at the time {@code :now}. */
    private static final String FREE = "(s.state = 'free' OR (s.state = 'leased' AND s.leased_until < :now))";

    private final Store store;

    public Queue(Store store) {
        this.store = store;
    }

    private record Seat(String task, int number) {}

    /** The task that the labeler has open, or the next one; none where nothing is left to do. */
    public Optional<Assignment> next(Project project, String labeler) {
        return store.write(handle -> {
            Optional<Seat> seat = held(handle, project.id(), labeler).or(() -> free(handle, project.id(), labeler));
            return seat.map(taken -> {
                lease(handle, taken, labeler, project.leaseSeconds());
                return assignment(handle, project, taken.task(), labeler);
            });
        });
    }

    private static Optional<Seat> held(Handle handle, String project, String labeler) {
        return handle.createQuery("SELECT s.task, s.number FROM seat s JOIN task t ON t.id = s.task"
                        + " WHERE t.project = :project AND s.labeler = :labeler AND s.state = 'leased'"
                        + " ORDER BY t.number LIMIT 1")
                .bind("project", project)
                .bind("labeler", labeler)
                .map((row, context) -> new Seat(row.getString("task"), row.getInt("number")))
                .findOne();
    }

    /** The first free seat of a task that the labeler has neither taken nor skipped. */
    private Optional<Seat> free(Handle handle, String project, String labeler) {
        return handle.createQuery("SELECT s.task, s.number FROM seat s JOIN task t ON t.id = s.task"
                        + " WHERE t.project = :project"
                        + " AND " + FREE
                        + " AND NOT EXISTS (SELECT 1 FROM seat own WHERE own.task = s.task AND own.labeler = :labeler)"
                        + " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.task = s.task AND v.labeler = :labeler"
                        + " AND v.state <> 'open')"
                        + " ORDER BY t.number, s.number LIMIT 1" + store.takingOneOf("s"))
                .bind("project", project)
                .bind("labeler", labeler)
                .bind("now", store.now())
                .map((row, context) -> new Seat(row.getString("task"), row.getInt("number")))
                .findOne();
    }

    private void lease(Handle handle, Seat seat, String labeler, int seconds) {
        handle.createUpdate("UPDATE seat SET state = 'leased', labeler = :labeler, leased_until = :until"
                        + " WHERE task = :task AND number = :number")
                .bind("labeler", labeler)
                .bind("until", store.now() + 1000L * seconds)
                .bind("task", seat.task())
                .bind("number", seat.number())
                .execute();
    }

    private Assignment assignment(Handle handle, Project project, String task, String labeler) {
        List<String> texts = Tasks.completions(handle, task).stream()
                .map(Ranking.Completion::text)
                .toList();
        Insert.into("visit")
                .value("task", task)
                .value("labeler", labeler)
                .value("state", "open")
                .value("shown", Json.line(shuffled(texts.size(), task + labeler)))
                .value("opened", store.now())
                .unlessThere(handle);
        return handle.createQuery("SELECT t.number, v.shown, v.draft FROM task t JOIN visit v ON v.task = t.id"
                        + " WHERE t.id = :task AND v.labeler = :labeler")
                .bind("task", task)
                .bind("labeler", labeler)
                .map((row, context) -> new Assignment(
                        task,
                        row.getLong("number"),
                        Tasks.prompt(handle, task),
                        texts,
                        indices(row.getString("shown")),
                        row.getString("draft"),
                        Projects.newest(handle, project.id())))
                .one();
    }

    /** An order of its own for each labeler and task, so that no completion gains from its place. */
    private static List<Integer> shuffled(int count, String seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, new Random(seed.hashCode()));
        return order;
    }

    static List<Integer> indices(String json) {
        return List.of(Json.records().readValue(json, Integer[].class));
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
        return store.write(handle -> {
            if (known(handle, submission)) {
                return Submission.Outcome.KNOWN;
            }
            Project project = projectOf(handle, submission.task());
            require(handle, project, submission);
            if (!seated(handle, project, submission)) {
                return Submission.Outcome.TOO_LATE;
            }
            String shown = shown(handle, submission);
            int guideline = Projects.newest(handle, project.id()).version();
            RankingRow.insert(
                    handle,
                    submission.judgements().stream()
                            .map(judgement -> row(submission, judgement, shown, guideline))
                            .toList());
            leave(handle, submission.task(), submission.labeler(), "submitted");
            store.record(
                    handle, submission.labeler(), "ranked", submission.task(), Map.of("submission", submission.id()));
            return Submission.Outcome.KEPT;
        });
    }

    private static boolean known(Handle handle, Submission submission) {
        return handle.createQuery("SELECT COUNT(*) FROM ranking WHERE submission = :id AND labeler = :labeler")
                        .bind("id", submission.id())
                        .bind("labeler", submission.labeler())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static Project projectOf(Handle handle, String task) {
        return handle.createQuery("SELECT project FROM task WHERE id = :task")
                .bind("task", task)
                .mapTo(String.class)
                .findOne()
                .flatMap(project -> Projects.find(handle, project))
                .orElseThrow(() -> BadInputException.at("task " + task, "no such task", "one of the project", "go on"));
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
        submission.judgements().forEach(judgement -> judgement.require(completions));
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
        left.ifPresent(number ->
                lease(handle, new Seat(submission.task(), number), submission.labeler(), project.leaseSeconds()));
        return left.isPresent() && finish(handle, submission);
    }

    private static boolean finish(Handle handle, Submission submission) {
        return handle.createUpdate("UPDATE seat SET state = 'done', leased_until = NULL"
                                + " WHERE task = :task AND labeler = :labeler")
                        .bind("task", submission.task())
                        .bind("labeler", submission.labeler())
                        .execute()
                > 0;
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
