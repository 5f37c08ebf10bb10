package dev.attune.feedback.quality;

import dev.attune.feedback.store.Store;
import java.util.List;

/** The progress of each person in a project. */
public final class Progress {
    private static final String COUNTS = "SELECT l.name, COALESCE(ranked.tasks, 0) AS ranked,"
            + " COALESCE(opened.tasks, 0) AS opened, COALESCE(skipped.tasks, 0) AS skipped,"
            + " COALESCE(flags.tasks, 0) AS flags FROM labeler l"
            + counted("ranked", "COUNT(DISTINCT x.task)", "ranking", "")
            + counted("opened", "COUNT(*)", "seat", " AND x.state = 'leased'")
            + counted("skipped", "COUNT(*)", "visit", " AND x.state = 'skipped'")
            + counted("flags", "COUNT(*)", "note", " AND x.kind = 'flag'")
            + " LEFT JOIN member m ON m.labeler = l.id AND m.project = :project"
            + " WHERE m.labeler IS NOT NULL OR ranked.tasks > 0 OR opened.tasks > 0 OR skipped.tasks > 0"
            + " OR flags.tasks > 0 ORDER BY l.name";

    /** A join that counts, per labeler, a table's rows for tasks of the project. */
    private static String counted(String name, String count, String table, String condition) {
        return " LEFT JOIN (SELECT x.labeler, " + count + " AS tasks FROM " + table + " x JOIN task t ON t.id = x.task"
                + " WHERE t.project = :project" + condition + " GROUP BY x.labeler) " + name + " ON " + name
                + ".labeler = l.id";
    }

    private final Store store;

    public Progress(Store store) {
        this.store = store;
    }

    /** The progress of all people who are assigned to the project or worked in it, by name. */
    public List<PersonProgress> of(String project) {
        return store.read(handle -> handle.createQuery(COUNTS)
                .bind("project", project)
                .map((row, context) -> new PersonProgress(
                        row.getString("name"),
                        row.getInt("ranked"),
                        row.getInt("opened"),
                        row.getInt("skipped"),
                        row.getInt("flags")))
                .list());
    }
}
