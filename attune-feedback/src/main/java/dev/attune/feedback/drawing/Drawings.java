package dev.attune.feedback.drawing;

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

/** Which completions are drawn, begun, stopped and gone on with: all of it is in the store, so that a restart loses nothing. */
public final class Drawings {
    private static final int MOST_PROMPTS = 100_000;

    private final Store store;
    private final Endpoints endpoints;

    public Drawings(Store store) {
        this.store = store;
        this.endpoints = new Endpoints(store);
    }

    /**
     * Begins to draw.
     *
     * @throws BadInputException where the plan cannot be carried out or there are no prompts
     */
    public Drawing add(Project project, List<Prompt> prompts, Drawing.Plan plan, String author) {
        plan.require();
        plan.models().forEach(endpoints::writing);
        if (plan.reward() != null) {
            endpoints.scoring(plan.reward());
        }
        if (prompts.isEmpty() || prompts.size() > MOST_PROMPTS) {
            throw BadInputException.at(
                    "prompts", prompts.size() + " of them", "1 to " + MOST_PROMPTS, "give more or fewer");
        }
        return store.write(handle -> {
            Drawing drawing = new Drawing(Ids.at(store.now()), project.id(), Drawing.State.RUNNING, plan, "", author);
            insert(handle, drawing);
            insertPrompts(handle, drawing.id(), prompts);
            store.record(
                    handle, author, "drawing-added", drawing.id(), Map.of("plan", plan, "prompts", prompts.size()));
            return drawing;
        });
    }

    private void insert(Handle handle, Drawing drawing) {
        Drawing.Plan plan = drawing.plan();
        Insert.into("drawing")
                .value("id", drawing.id())
                .value("project", drawing.project())
                .value("state", drawing.state().word())
                .value("completions", plan.completions())
                .value("candidates", plan.candidates())
                .value("reward", plan.reward())
                .value("temperature", plan.temperature())
                .value("max_new_tokens", plan.maxNewTokens())
                .value("seed", plan.seed())
                .value("lead", plan.lead())
                .value("message", "")
                .value("author", drawing.author())
                .value("created", store.now())
                .run(handle);
        for (int place = 0; place < plan.models().size(); place++) {
            Insert.into("drawing_model")
                    .value("drawing", drawing.id())
                    .value("place", place)
                    .value("endpoint", plan.models().get(place))
                    .run(handle);
        }
    }

    private static void insertPrompts(Handle handle, String drawing, List<Prompt> prompts) {
        var batch = handle.prepareBatch("INSERT INTO drawing_prompt (drawing, number, content, state)"
                + " VALUES (:drawing, :number, :content, 'waiting')");
        for (int number = 0; number < prompts.size(); number++) {
            batch.bind("drawing", drawing)
                    .bind("number", number)
                    .bind("content", Json.line(prompts.get(number)))
                    .add();
        }
        batch.execute();
    }

    /** Those that go on, the oldest first. */
    public List<Drawing> running() {
        return list("state", "running");
    }

    /** Those of a project, the newest first. */
    public List<Drawing> of(String project) {
        return list("project", project).stream()
                .sorted((a, b) -> b.id().compareTo(a.id()))
                .toList();
    }

    public Optional<Drawing> find(String id) {
        return list("id", id).stream().findFirst();
    }

    private List<Drawing> list(String column, String value) {
        return store.read(handle -> handle.createQuery("SELECT id, project, state, completions, reward, temperature,"
                        + " max_new_tokens, seed, lead, message, author FROM drawing WHERE " + column
                        + " = :value ORDER BY created, id")
                .bind("value", value)
                .map(row(handle))
                .list());
    }

    private static RowMapper<Drawing> row(Handle handle) {
        return (row, context) -> {
            int lead = row.getInt("lead");
            Drawing.Plan plan = new Drawing.Plan(
                    models(handle, row.getString("id")),
                    row.getInt("completions"),
                    row.getString("reward"),
                    row.getDouble("temperature"),
                    row.getInt("max_new_tokens"),
                    row.getLong("seed"),
                    lead == 0 ? null : lead);
            return new Drawing(
                    row.getString("id"),
                    row.getString("project"),
                    Drawing.State.of(row.getString("state")),
                    plan,
                    row.getString("message"),
                    row.getString("author"));
        };
    }

    private static List<String> models(Handle handle, String drawing) {
        return handle.createQuery("SELECT endpoint FROM drawing_model WHERE drawing = :drawing ORDER BY place")
                .bind("drawing", drawing)
                .mapTo(String.class)
                .list();
    }

    /** Ends a drawing that runs. */
    public void end(String drawing, Drawing.State state, String message, String actor) {
        store.write(handle -> {
            int changed = handle.createUpdate("UPDATE drawing SET state = :state, message = :message"
                            + " WHERE id = :drawing AND state = 'running'")
                    .bind("state", state.word())
                    .bind("message", message)
                    .bind("drawing", drawing)
                    .execute();
            if (changed > 0) {
                store.record(handle, actor, "drawing-" + state.word(), drawing, Map.of("message", message));
            }
            return changed;
        });
    }

    /** Goes on with what is left, and tries again what failed. */
    public void resume(String drawing, String actor) {
        store.write(handle -> {
            handle.createUpdate("UPDATE drawing_prompt SET state = 'waiting', reason = NULL"
                            + " WHERE drawing = :drawing AND state = 'failed'")
                    .bind("drawing", drawing)
                    .execute();
            handle.createUpdate("UPDATE drawing SET state = 'running', message = '' WHERE id = :drawing")
                    .bind("drawing", drawing)
                    .execute();
            store.record(handle, actor, "drawing-resumed", drawing, Map.of());
            return true;
        });
    }
}
