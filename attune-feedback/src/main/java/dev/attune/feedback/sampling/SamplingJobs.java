package dev.attune.feedback.sampling;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Sampling jobs: started, stopped and resumed. Their state is in the store, so that a restart loses nothing. */
public final class SamplingJobs {
    private static final int MAX_PROMPTS = 100_000;

    private final Store store;
    private final Endpoints endpoints;

    public SamplingJobs(Store store) {
        this.store = store;
        this.endpoints = new Endpoints(store);
    }

    /**
     * Starts a sampling job.
     *
     * @throws BadInputException if the plan is invalid or there are no prompts
     */
    public SamplingJob add(Project project, List<Prompt> prompts, SamplingJob.Plan plan, String author) {
        plan.require();
        plan.models().forEach(endpoints::writing);
        if (plan.reward() != null) {
            endpoints.scoring(plan.reward());
        }
        if (prompts.isEmpty() || prompts.size() > MAX_PROMPTS) {
            throw BadInputException.at(
                    "prompts", prompts.size() + " of them", "1 to " + MAX_PROMPTS, "give more or fewer");
        }
        return store.write(handle -> {
            SamplingJob job =
                    new SamplingJob(Ids.at(store.now()), project.id(), SamplingJob.State.RUNNING, plan, "", author);
            insert(handle, job);
            insertPrompts(handle, job.id(), prompts);
            store.record(
                    handle, author, "sampling-job-added", job.id(), Map.of("plan", plan, "prompts", prompts.size()));
            return job;
        });
    }

    private void insert(Handle handle, SamplingJob job) {
        SamplingJob.Plan plan = job.plan();
        Insert.into("drawing")
                .value("id", job.id())
                .value("project", job.project())
                .value("state", job.state().configName())
                .value("completions", plan.completions())
                .value("candidates", plan.candidates())
                .value("reward", plan.reward())
                .value("temperature", plan.temperature())
                .value("max_new_tokens", plan.maxNewTokens())
                .value("seed", plan.seed())
                .value("lead", plan.lookahead())
                .value("message", "")
                .value("author", job.author())
                .value("created", store.now())
                .run(handle);
        for (int place = 0; place < plan.models().size(); place++) {
            Insert.into("drawing_model")
                    .value("drawing", job.id())
                    .value("place", place)
                    .value("endpoint", plan.models().get(place))
                    .run(handle);
        }
    }

    private static void insertPrompts(Handle handle, String job, List<Prompt> prompts) {
        var batch = handle.prepareBatch("INSERT INTO drawing_prompt (drawing, number, content, state)"
                + " VALUES (:drawing, :number, :content, 'waiting')");
        for (int number = 0; number < prompts.size(); number++) {
            batch.bind("drawing", job)
                    .bind("number", number)
                    .bind("content", Json.line(prompts.get(number)))
                    .add();
        }
        batch.execute();
    }

    /** The running jobs, oldest first. */
    public List<SamplingJob> running() {
        return list("state", "running");
    }

    /** The jobs of a project, newest first. */
    public List<SamplingJob> of(String project) {
        return list("project", project).stream()
                .sorted((a, b) -> b.id().compareTo(a.id()))
                .toList();
    }

    public Optional<SamplingJob> find(String id) {
        return list("id", id).stream().findFirst();
    }

    private List<SamplingJob> list(String column, String value) {
        return store.read(handle -> handle.createQuery("SELECT id, project, state, completions, reward, temperature,"
                        + " max_new_tokens, seed, lead, message, author FROM drawing WHERE " + column
                        + " = :value ORDER BY created, id")
                .bind("value", value)
                .map(row(handle))
                .list());
    }

    private static RowMapper<SamplingJob> row(Handle handle) {
        return (row, context) -> {
            int lookahead = row.getInt("lead");
            SamplingJob.Plan plan = new SamplingJob.Plan(
                    models(handle, row.getString("id")),
                    row.getInt("completions"),
                    row.getString("reward"),
                    row.getDouble("temperature"),
                    row.getInt("max_new_tokens"),
                    row.getLong("seed"),
                    lookahead == 0 ? null : lookahead);
            return new SamplingJob(
                    row.getString("id"),
                    row.getString("project"),
                    SamplingJob.State.of(row.getString("state")),
                    plan,
                    row.getString("message"),
                    row.getString("author"));
        };
    }

    private static List<String> models(Handle handle, String job) {
        return handle.createQuery("SELECT endpoint FROM drawing_model WHERE drawing = :drawing ORDER BY place")
                .bind("drawing", job)
                .mapTo(String.class)
                .list();
    }

    /** Ends a running sampling job. */
    public void end(String job, SamplingJob.State state, String message, String actor) {
        store.write(handle -> {
            int changed = handle.createUpdate("UPDATE drawing SET state = :state, message = :message"
                            + " WHERE id = :drawing AND state = 'running'")
                    .bind("state", state.configName())
                    .bind("message", message)
                    .bind("drawing", job)
                    .execute();
            if (changed > 0) {
                store.record(handle, actor, "sampling-job-" + state.configName(), job, Map.of("message", message));
            }
            return changed;
        });
    }

    /** Resumes a job with its remaining prompts and retries failed ones. */
    public void resume(String job, String actor) {
        store.write(handle -> {
            handle.createUpdate("UPDATE drawing_prompt SET state = 'waiting', reason = NULL"
                            + " WHERE drawing = :drawing AND state = 'failed'")
                    .bind("drawing", job)
                    .execute();
            handle.createUpdate("UPDATE drawing SET state = 'running', message = '' WHERE id = :drawing")
                    .bind("drawing", job)
                    .execute();
            store.record(handle, actor, "sampling-job-resumed", job, Map.of());
            return true;
        });
    }
}
