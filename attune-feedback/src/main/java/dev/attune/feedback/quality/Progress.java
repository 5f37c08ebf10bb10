package dev.attune.feedback.quality;

import dev.attune.feedback.store.Store;
import java.util.List;

/** Who did how much. */
public final class Progress {
    private static final String COUNTS = "SELECT l.name,"
            + " (SELECT COUNT(DISTINCT r.task) FROM ranking r JOIN task t ON t.id = r.task"
            + " WHERE t.project = :project AND r.labeler = l.id) AS ranked,"
            + " (SELECT COUNT(*) FROM seat s JOIN task t ON t.id = s.task"
            + " WHERE t.project = :project AND s.labeler = l.id AND s.state = 'leased') AS opened,"
            + " (SELECT COUNT(*) FROM visit v JOIN task t ON t.id = v.task"
            + " WHERE t.project = :project AND v.labeler = l.id AND v.state = 'skipped') AS skipped,"
            + " (SELECT COUNT(*) FROM note n JOIN task t ON t.id = n.task"
            + " WHERE t.project = :project AND n.labeler = l.id AND n.kind = 'flag') AS flags,"
            + " (SELECT COUNT(*) FROM member m WHERE m.project = :project AND m.labeler = l.id) AS assigned"
            + " FROM labeler l";

    private final Store store;

    public Progress(Store store) {
        this.store = store;
    }

    /** Everybody who is assigned to the project or did something in it, by name. */
    public List<PersonProgress> of(String project) {
        return store.read(handle -> handle.createQuery("SELECT * FROM (" + COUNTS + ") counts"
                        + " WHERE ranked + opened + skipped + flags + assigned > 0 ORDER BY name")
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
