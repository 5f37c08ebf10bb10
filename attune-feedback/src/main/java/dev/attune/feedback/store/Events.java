package dev.attune.feedback.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log. Events are written in the transaction of the change ({@link Store#record}) and never modified. */
public final class Events {
    private final Store store;

    public Events(Store store) {
        this.store = store;
    }

    /**
     * An event.
     *
     * @param time milliseconds since 1970
     * @param actor the name of the person who did it, or the id if it is unknown
     * @param subject the id or name of the changed object
     * @param details JSON
     */
    public record Event(String id, long time, String actor, String kind, String subject, String details) {}

    /**
     * A page of the log, newest first.
     *
     * @param kind only this kind; null for all
     * @param before the id of the last event of the previous page; null for the newest
     */
    public List<Event> page(@Nullable String kind, @Nullable String before, int count) {
        return store.read(handle -> handle.createQuery("SELECT e.id, e.created, COALESCE(l.name, e.actor) AS actor,"
                        + " e.kind, e.subject, e.details FROM event e LEFT JOIN labeler l ON l.id = e.actor"
                        + " WHERE (:anyKind OR e.kind = :kind) AND (:newest OR e.id < :before)"
                        + " ORDER BY e.id DESC LIMIT :count")
                .bind("anyKind", kind == null)
                .bind("kind", kind == null ? "" : kind)
                .bind("newest", before == null)
                .bind("before", before == null ? "" : before)
                .bind("count", count)
                .map((row, context) -> new Event(
                        row.getString("id"),
                        row.getLong("created"),
                        row.getString("actor"),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getString("details")))
                .list());
    }

    /** All kinds of events in the log, by name. */
    public List<String> kinds() {
        return store.read(handle -> handle.createQuery("SELECT DISTINCT kind FROM event ORDER BY kind")
                .mapTo(String.class)
                .list());
    }
}
