package dev.attune.feedback.quality;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Orders;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The reviewers' decisions. The newest one on a task and criterion counts; earlier ones are kept in the store. */
public final class Adjudications {
    private static final String NEWEST =
            "SELECT a.task, a.criterion, a.ranked, a.unranked, a.all_bad, a.reason, a.created,"
                    + " l.name AS reviewer FROM adjudication a JOIN labeler l ON l.id = a.reviewer"
                    + " JOIN task t ON t.id = a.task WHERE NOT EXISTS (SELECT 1 FROM adjudication later"
                    + " WHERE later.task = a.task AND later.criterion = a.criterion AND later.revision > a.revision) AND ";

    private final Store store;
    private final Tasks tasks;

    public Adjudications(Store store) {
        this.store = store;
        this.tasks = new Tasks(store);
    }

    /** @throws BadInputException if this is not an order of the task's completions, or no reason is given */
    public void decide(String task, Judgement judgement, String reason, String reviewer) {
        tasks.requireJudgement(task, judgement);
        Reasons.require("decision", reason);
        store.write(handle -> {
            int added = 0;
            while (added == 0) {
                added = insert(handle, task, judgement, reason.strip(), reviewer);
            }
            store.record(
                    handle, reviewer, "adjudicated", task, Map.of("judgement", judgement, "reason", reason.strip()));
            return true;
        });
    }

    /** @return 0 if another transaction used the revision at the same time */
    private int insert(Handle handle, String task, Judgement judgement, String reason, String reviewer) {
        return handle.createUpdate("INSERT INTO adjudication (id, task, criterion, revision, ranked, unranked, all_bad,"
                        + " reviewer, reason, guideline, created) SELECT :id, :task, :criterion,"
                        + " (SELECT COALESCE(MAX(revision), 0) + 1 FROM adjudication WHERE task = :task"
                        + " AND criterion = :criterion), :ranked, :unranked, :bad, :reviewer, :reason,"
                        + " MAX(g.version), :created FROM guideline g JOIN task t ON t.project = g.project"
                        + " WHERE t.id = :task ON CONFLICT DO NOTHING")
                .bind("id", Ids.at(store.now()))
                .bind("task", task)
                .bind("criterion", judgement.criterion())
                .bind("ranked", Orders.column(judgement.order()))
                .bind("unranked", Orders.column(judgement.unranked()))
                .bind("bad", judgement.allBad() ? 1 : 0)
                .bind("reviewer", reviewer)
                .bind("reason", reason)
                .bind("created", store.now())
                .execute();
    }

    /** The newest decisions on a task, one per criterion. */
    public List<Adjudication> of(String task) {
        return store.read(handle -> list(handle.createQuery(NEWEST + "a.task = :of"), task));
    }

    /** The newest decisions of a project, one per task and criterion. */
    public List<Adjudication> ofProject(String project) {
        return store.read(handle -> list(handle.createQuery(NEWEST + "t.project = :of"), project));
    }

    private static List<Adjudication> list(Query query, String of) {
        return query.bind("of", of)
                .map((row, context) -> new Adjudication(
                        row.getString("task"),
                        Orders.judgement(row),
                        row.getString("reviewer"),
                        row.getString("reason"),
                        row.getLong("created")))
                .list();
    }
}
