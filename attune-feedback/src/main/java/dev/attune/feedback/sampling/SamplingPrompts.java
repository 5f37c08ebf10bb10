package dev.attune.feedback.sampling;

import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The prompts of sampling jobs: each is waiting, done (a task) or failed. */
public final class SamplingPrompts {
    private final Store store;
    private final Tasks tasks;

    public SamplingPrompts(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    public SamplingJob.Progress progress(String job) {
        return store.read(handle -> handle.createQuery("SELECT"
                        + " COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS waiting,"
                        + " COALESCE(SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END), 0) AS done,"
                        + " COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS failed"
                        + " FROM drawing_prompt WHERE drawing = :drawing")
                .bind("drawing", job)
                .map((row, context) ->
                        new SamplingJob.Progress(row.getInt("waiting"), row.getInt("done"), row.getInt("failed")))
                .one());
    }

    /** The distinct reasons for failed prompts, at most this many. */
    public List<String> reasons(String job, int maxReasons) {
        return store.read(handle -> handle.createQuery("SELECT reason FROM drawing_prompt WHERE drawing = :drawing"
                        + " AND state = 'failed' GROUP BY reason ORDER BY MIN(number) LIMIT :max")
                .bind("drawing", job)
                .bind("max", maxReasons)
                .mapTo(String.class)
                .list());
    }

    /** The next prompt; empty if all are sampled. */
    public Optional<SamplingJob.Waiting> next(String job) {
        return store.read(handle -> handle.createQuery("SELECT number, content FROM drawing_prompt"
                        + " WHERE drawing = :drawing AND state = 'waiting' ORDER BY number LIMIT 1")
                .bind("drawing", job)
                .map((row, context) -> new SamplingJob.Waiting(
                        row.getInt("number"), Json.records().readValue(row.getString("content"), Prompt.class)))
                .findOne());
    }

    /** Adds a task of a prompt and its completions, unless the prompt was sampled in the meantime. */
    public void finish(SamplingJob job, int number, Project project, Tasks.Draft draft) {
        store.write(handle -> {
            if (settle(handle, job.id(), number, "done", null)) {
                String task =
                        tasks.add(handle, project, List.of(draft), job.author()).get(0);
                handle.createUpdate(
                                "UPDATE drawing_prompt SET task = :task WHERE drawing = :drawing AND number = :number")
                        .bind("task", task)
                        .bind("drawing", job.id())
                        .bind("number", number)
                        .execute();
            }
            return true;
        });
    }

    /** Records the reason why a prompt cannot be sampled; the others continue. */
    public void fail(String job, int number, String reason) {
        store.write(handle -> settle(handle, job, number, "failed", reason));
    }

    private static boolean settle(Handle handle, String job, int number, String state, @Nullable String reason) {
        return handle.createUpdate("UPDATE drawing_prompt SET state = :state, reason = :reason"
                                + " WHERE drawing = :drawing AND number = :number AND state = 'waiting'")
                        .bind("state", state)
                        .bind("reason", reason)
                        .bind("drawing", job)
                        .bind("number", number)
                        .execute()
                > 0;
    }

    /** The number of a project's tasks that labelers can still take. */
    public int openTasks(String project) {
        return tasks.open(project);
    }
}
