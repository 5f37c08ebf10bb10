package dev.attune.feedback.run;

import dev.attune.core.json.Json;
import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Rounds of new completions. A worker holds a round by a lease and renews it; after the lease of a failed worker has
 * expired, another one takes the round over. The tasks of a round are added once, in one transaction.
 */
public final class Rounds {
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final RowMapper<Round> ROW = (row, context) -> new Round(
            row.getString("id"),
            row.getString("project"),
            row.getString("run"),
            Json.records().readValue(row.getString("wish"), Round.Request.class),
            Round.State.of(row.getString("state")),
            row.getInt("tasks"),
            row.getString("message"),
            row.getString("author"),
            row.getLong("created"));

    /** The SQL condition for a round that can be claimed at {@code :now}. */
    private static final String FREE = "(state = 'queued' OR (state = 'running' AND leased_until < :now))";

    private final Store store;
    private final Tasks tasks;

    public Rounds(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    /** A claimed round. */
    public record Held(Round round, String holder) {}

    public Round add(String project, String run, Round.Request request, String author) {
        return store.write(handle -> {
            long now = store.now();
            String id = Ids.at(now);
            Insert.into("round")
                    .value("id", id)
                    .value("project", project)
                    .value("run", run)
                    .value("wish", Json.line(request))
                    .value("state", Round.State.QUEUED.configName())
                    .value("tasks", 0)
                    .value("message", "")
                    .value("author", author)
                    .value("created", now)
                    .run(handle);
            store.record(handle, author, "round-queued", id, Map.of("run", run, "wish", request));
            return find(handle, id);
        });
    }

    private static Round find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM round WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .one();
    }

    /** The rounds of a project, in the order of their requests. */
    public List<Round> of(String project) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM round WHERE project = :project ORDER BY created, id")
                        .bind("project", project)
                        .map(ROW)
                        .list());
    }

    /** Claims the next round. */
    public Optional<Held> claim() {
        boolean any = store.read(handle -> handle.createQuery("SELECT id FROM round WHERE " + FREE + " LIMIT 1")
                .bind("now", store.now())
                .mapTo(String.class)
                .findOne()
                .isPresent());
        return any ? claimOne() : Optional.empty();
    }

    private Optional<Held> claimOne() {
        String holder = Ids.at(store.now());
        return store.write(handle -> {
            int claimed = handle.createUpdate(
                            "UPDATE round SET state = 'running', holder = :holder, leased_until = :until"
                                    + " WHERE id = (SELECT id FROM round WHERE " + FREE
                                    + " ORDER BY created, id LIMIT 1) AND " + FREE)
                    .bind("holder", holder)
                    .bind("until", store.now() + LEASE.toMillis())
                    .bind("now", store.now())
                    .execute();
            return claimed == 0
                    ? Optional.empty()
                    : handle.createQuery("SELECT * FROM round WHERE holder = :holder")
                            .bind("holder", holder)
                            .map(ROW)
                            .findOne()
                            .map(round -> new Held(round, holder));
        });
    }

    /** Renews the lease. */
    public void renew(Held held) {
        store.write(handle -> handle.createUpdate(
                        "UPDATE round SET leased_until = :until WHERE holder = :holder AND state = 'running'")
                .bind("until", store.now() + LEASE.toMillis())
                .bind("holder", held.holder())
                .execute());
    }

    /** Adds the tasks, unless another worker has taken the round over. */
    public void finish(Held held, Project project, List<Tasks.Draft> drafts) {
        store.write(handle -> {
            if (end(handle, held, Round.State.FINISHED, drafts.size(), "")) {
                tasks.add(handle, project, drafts, held.round().author());
            }
            return true;
        });
    }

    public void fail(Held held, String message) {
        store.write(handle -> end(handle, held, Round.State.FAILED, 0, message));
    }

    private boolean end(Handle handle, Held held, Round.State state, int count, String message) {
        int changed = handle.createUpdate("UPDATE round SET state = :state, tasks = :tasks, message = :message,"
                        + " ended = :now, holder = NULL WHERE holder = :holder AND state = 'running'")
                .bind("state", state.configName())
                .bind("tasks", count)
                .bind("message", message)
                .bind("now", store.now())
                .bind("holder", held.holder())
                .execute();
        if (changed > 0) {
            store.record(
                    handle,
                    held.round().author(),
                    "round-ended",
                    held.round().id(),
                    Map.of("state", state.configName(), "tasks", count, "message", message));
        }
        return changed > 0;
    }
}
