package dev.attune.feedback.quality;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Flags and skips with their reasons, and the settlements of flags. */
public final class Notes {
    private static final String ALL =
            "SELECT n.id, n.task, n.kind, n.reason, l.name AS labeler, r.name AS reviewer, s.done"
                    + " FROM note n JOIN labeler l ON l.id = n.labeler JOIN task t ON t.id = n.task"
                    + " LEFT JOIN settlement s ON s.note = n.id LEFT JOIN labeler r ON r.id = s.reviewer WHERE ";
    private static final String IN_ORDER = " ORDER BY t.number, n.created, n.id";

    private final Store store;

    public Notes(Store store) {
        this.store = store;
    }

    /** The notes on a task. */
    public List<Note> of(String task) {
        return store.read(handle -> list(handle.createQuery(ALL + "n.task = :of" + IN_ORDER), task));
    }

    /** The notes on all tasks of a project. */
    public List<Note> ofProject(String project) {
        return store.read(handle -> list(handle.createQuery(ALL + "t.project = :of" + IN_ORDER), project));
    }

    /**
     * Settles a flag.
     *
     * @param task of the flag
     * @param done how it was settled
     * @throws BadInputException if the task has no such open flag, or the text is empty
     */
    public void settle(String task, String note, String done, String reviewer) {
        Reasons.require("settled flag", done);
        boolean open = of(task).stream().anyMatch(known -> known.id().equals(note) && known.open());
        store.write(handle -> {
            boolean settled = open
                    && Insert.into("settlement")
                            .value("note", note)
                            .value("reviewer", reviewer)
                            .value("done", done.strip())
                            .value("created", store.now())
                            .unlessThere(handle);
            if (!settled) {
                throw BadInputException.at("flag", "none that is open", "one of this task", "load the page again");
            }
            store.record(handle, reviewer, "flag-settled", task, Map.of("note", note, "done", done.strip()));
            return true;
        });
    }

    private static List<Note> list(Query query, String of) {
        return query.bind("of", of)
                .map((row, context) -> new Note(
                        row.getString("id"),
                        row.getString("task"),
                        row.getString("labeler"),
                        Note.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("reason"),
                        settlement(row)))
                .list();
    }

    private static Note.@Nullable Settlement settlement(ResultSet row) throws SQLException {
        String reviewer = row.getString("reviewer");
        return reviewer == null ? null : new Note.Settlement(reviewer, row.getString("done"));
    }
}
