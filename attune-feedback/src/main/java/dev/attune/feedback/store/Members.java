package dev.attune.feedback.store;

import java.util.List;
import java.util.Map;

/** Which labelers see which projects; reviewers and admins see all. */
public final class Members {
    private final Store store;

    public Members(Store store) {
        this.store = store;
    }

    /** The members of a project by name. */
    public List<Labeler> of(String project) {
        return store.read(handle -> handle.createQuery("SELECT l.id, l.name, l.role FROM member m"
                        + " JOIN labeler l ON l.id = m.labeler WHERE m.project = :project ORDER BY l.name")
                .bind("project", project)
                .map(Labelers.ROW)
                .list());
    }

    /** Lets a labeler see a project. */
    public void add(String project, String labeler, String author) {
        store.write(handle -> {
            boolean added = Insert.into("member")
                    .value("project", project)
                    .value("labeler", labeler)
                    .unlessThere(handle);
            if (added) {
                store.record(handle, author, "assigned", project, Map.of("labeler", labeler));
            }
            return added;
        });
    }

    /** Removes a labeler from a project. Rankings are kept; open seats become free when their leases end. */
    public void remove(String project, String labeler, String author) {
        store.write(handle -> {
            int removed = handle.createUpdate("DELETE FROM member WHERE project = :project AND labeler = :labeler")
                    .bind("project", project)
                    .bind("labeler", labeler)
                    .execute();
            if (removed > 0) {
                store.record(handle, author, "unassigned", project, Map.of("labeler", labeler));
            }
            return removed;
        });
    }
}
