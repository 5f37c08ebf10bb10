package dev.attune.feedback.run;

import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The queue of runs. However many studios share the database, each run is started once, and the number of concurrent
 * runs is limited.
 */
public final class Runs {
    private static final RowMapper<Run> ROW = Runs::row;

    private final Store store;

    public Runs(Store store) {
        this.store = store;
    }

    private static Run row(ResultSet row, StatementContext context) throws SQLException {
        Long pid = number(row, "pid");
        return new Run(
                row.getString("id"),
                new Run.Plan(
                        row.getString("project"),
                        row.getString("method"),
                        row.getString("parent"),
                        new Run.Material(row.getLong("data_rows"), row.getString("data_sha256"))),
                row.getString("folder"),
                Run.State.of(row.getString("state")),
                number(row, "started"),
                pid == null ? null : new Run.Worker(pid, row.getLong("process_start")),
                row.getString("message"),
                row.getString("author"),
                row.getLong("created"),
                number(row, "ended"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }

    /** Adds a run to the end of the queue. */
    public Run add(Run.Plan plan, String folder, String author) {
        return store.write(handle -> {
            long now = store.now();
            String id = Ids.at(now);
            Insert.into("run")
                    .value("id", id)
                    .value("project", plan.project())
                    .value("method", plan.method())
                    .value("folder", folder)
                    .value("parent", plan.parent())
                    .value("data_rows", plan.material().rows())
                    .value("data_sha256", plan.material().sha256())
                    .value("state", Run.State.QUEUED.configName())
                    .value("message", "")
                    .value("author", author)
                    .value("created", now)
                    .value("queued", now)
                    .run(handle);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("plan", plan);
            details.put("folder", folder);
            store.record(handle, author, "run-queued", id, details);
            return find(handle, id).orElseThrow();
        });
    }

    public Optional<Run> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    private static Optional<Run> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM run WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne();
    }

    /** All runs, in the order of their requests. */
    public List<Run> all() {
        return store.read(handle -> handle.createQuery("SELECT * FROM run ORDER BY created, id")
                .map(ROW)
                .list());
    }

    /** The runs of a project, in the order of their requests. */
    public List<Run> of(String project) {
        return store.read(
                handle -> handle.createQuery("SELECT * FROM run WHERE project = :project ORDER BY created, id")
                        .bind("project", project)
                        .map(ROW)
                        .list());
    }

    /** The runs that have, or should have, a process. */
    public List<Run> working() {
        return store.read(handle -> handle.createQuery(
                        "SELECT * FROM run WHERE state IN ('running', 'stopping') ORDER BY started")
                .map(ROW)
                .list());
    }

    /**
     * Claims the next run; the caller has to start it.
     *
     * @param jobs maximum number of concurrent runs
     */
    public Optional<Run> claim(int jobs) {
        // called often: write only if a run is waiting, because writes delay rankings
        return store.read(Runs::anyQueued) ? store.write(handle -> claim(handle, jobs)) : Optional.empty();
    }

    private static boolean anyQueued(Handle handle) {
        return handle.createQuery("SELECT id FROM run WHERE state = 'queued' LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private Optional<Run> claim(Handle handle, int jobs) {
        handle.createUpdate("UPDATE run_turn SET taken = :now WHERE id = 1")
                .bind("now", store.now())
                .execute();
        int working = handle.createQuery("SELECT COUNT(*) FROM run WHERE state IN ('running', 'stopping')")
                .mapTo(Integer.class)
                .one();
        if (working >= jobs) {
            return Optional.empty();
        }
        return handle.createQuery("SELECT id FROM run WHERE state = 'queued' ORDER BY queued, id LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .map(id -> claim(handle, id));
    }

    private Run claim(Handle handle, String id) {
        handle.createUpdate("UPDATE run SET state = 'running', started = :now, pid = NULL, process_start = NULL,"
                        + " ended = NULL, message = '' WHERE id = :id")
                .bind("now", store.now())
                .bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    /** Records the process of a claimed run. */
    public void workedOnBy(Run run, Run.Worker worker) {
        store.write(handle -> handle.createUpdate("UPDATE run SET pid = :pid, process_start = :start"
                        + " WHERE id = :id AND started = :started AND state IN ('running', 'stopping')")
                .bind("pid", worker.pid())
                .bind("start", worker.start())
                .bind("id", run.id())
                .bind("started", run.started())
                .execute());
    }

    /** Records the end of a run; does nothing if it was ended or claimed again in the meantime. */
    public void end(Run run, Run.State state, String message) {
        store.write(handle -> {
            int changed = handle.createUpdate("UPDATE run SET state = :state, message = :message, ended = :now"
                            + " WHERE id = :id AND started = :started AND state IN ('running', 'stopping')")
                    .bind("state", state.configName())
                    .bind("message", message)
                    .bind("now", store.now())
                    .bind("id", run.id())
                    .bind("started", run.started())
                    .execute();
            if (changed > 0) {
                store.record(
                        handle,
                        run.author(),
                        "run-ended",
                        run.id(),
                        Map.of("state", state.configName(), "message", message));
            }
            return changed;
        });
    }

    /** Returns a claim if its process could not be started. */
    public void giveBack(Run run) {
        store.write(handle -> handle.createUpdate("UPDATE run SET state = 'queued' WHERE id = :id"
                        + " AND started = :started AND state = 'running' AND pid IS NULL")
                .bind("id", run.id())
                .bind("started", run.started())
                .execute());
    }

    /**
     * Requests a stop: a waiting run is stopped at once, a running one is marked for stopping.
     *
     * @return the run after the request
     */
    public Run stop(String id, String author) {
        return store.write(handle -> {
            int changed =
                    move(handle, id, "queued", Run.State.STOPPED) + move(handle, id, "running", Run.State.STOPPING);
            if (changed > 0) {
                store.record(handle, author, "run-stopped", id, Map.of());
            }
            return find(handle, id).orElseThrow();
        });
    }

    /** Adds a stopped or failed run to the end of the queue again; does nothing for other runs. */
    public Run resume(String id, String author) {
        return store.write(handle -> {
            int changed = handle.createUpdate("UPDATE run SET state = 'queued', queued = :now, message = ''"
                            + " WHERE id = :id AND state IN ('stopped', 'failed')")
                    .bind("now", store.now())
                    .bind("id", id)
                    .execute();
            if (changed > 0) {
                store.record(handle, author, "run-resumed", id, Map.of());
            }
            return find(handle, id).orElseThrow();
        });
    }

    private static int move(Handle handle, String id, String from, Run.State to) {
        return handle.createUpdate("UPDATE run SET state = :to WHERE id = :id AND state = :from")
                .bind("to", to.configName())
                .bind("id", id)
                .bind("from", from)
                .execute();
    }
}
