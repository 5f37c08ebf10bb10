package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.ConfigNamed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The labelers of the store. */
public final class Labelers {
    /** Reads the columns id, name and role. */
    public static final RowMapper<Labeler> ROW = (row, context) -> new Labeler(
            row.getString("id"),
            row.getString("name"),
            ConfigNamed.parse(Labeler.Role.class, "role", row.getString("role")));

    private final Store store;

    public Labelers(Store store) {
        this.store = store;
    }

    /** @throws BadInputException if the name is empty or taken */
    public Labeler add(String name, Labeler.Role role) {
        return store.write(handle -> add(handle, name, role));
    }

    /** The same within an existing transaction. */
    public Labeler add(Handle handle, String name, Labeler.Role role) {
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > 200) {
            throw BadInputException.at(
                    "labeler", "a name of " + plain.length() + " characters", "1 to 200", "choose another name");
        }
        if (named(handle, plain).isPresent()) {
            throw BadInputException.at("labeler " + plain, "a name that is taken", "a new one", "choose another name");
        }
        Labeler labeler = new Labeler(Ids.at(store.now()), plain, role);
        row(labeler).run(handle);
        recordAdded(handle, labeler);
        return labeler;
    }

    /** The labeler with this name, who is added if missing. */
    public Labeler named(String name, Labeler.Role role) {
        return store.write(handle -> named(handle, name, role));
    }

    /**
     * The same within an existing transaction; waits if another transaction is adding the name.
     */
    Labeler named(Handle handle, String name, Labeler.Role role) {
        return named(handle, name).orElseGet(() -> {
            Labeler labeler = new Labeler(Ids.at(store.now()), name, role);
            if (row(labeler).unlessThere(handle)) {
                recordAdded(handle, labeler);
            }
            return named(handle, name).orElseThrow();
        });
    }

    /** The local user, who has all rights without an account. */
    public Labeler atThisMachine() {
        return named(System.getProperty("user.name", "me"), Labeler.Role.ADMIN);
    }

    private Insert row(Labeler labeler) {
        return Insert.into("labeler")
                .value("id", labeler.id())
                .value("name", labeler.name())
                .value("role", labeler.role().configName())
                .value("created", store.now());
    }

    private void recordAdded(Handle handle, Labeler labeler) {
        store.record(
                handle,
                labeler.id(),
                "labeler-added",
                labeler.id(),
                Map.of("name", labeler.name(), "role", labeler.role().configName()));
    }

    private static Optional<Labeler> named(Handle handle, String name) {
        return handle.createQuery("SELECT id, name, role FROM labeler WHERE name = :name")
                .bind("name", name)
                .map(ROW)
                .findOne();
    }

    public Optional<Labeler> find(String id) {
        return store.read(handle -> handle.createQuery("SELECT id, name, role FROM labeler WHERE id = :id")
                .bind("id", id)
                .map(ROW)
                .findOne());
    }

    /** All labelers by name. */
    public List<Labeler> all() {
        return store.read(handle -> handle.createQuery("SELECT id, name, role FROM labeler ORDER BY name")
                .map(ROW)
                .list());
    }
}
