package dev.attune.feedback.account;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The list of people for admins. */
public final class People {
    private final Store store;

    public People(Store store) {
        this.store = store;
    }

    /**
     * A person in the list.
     *
     * @param account whether the person can log in
     * @param tasks how many tasks the person has ranked
     */
    public record Person(Labeler labeler, boolean account, int tasks) {}

    /** All people by name. */
    public List<Person> all() {
        return store.read(handle -> handle.createQuery("SELECT l.id, l.name, l.role, p.labeler AS account,"
                        + " COALESCE(ranked.tasks, 0) AS tasks FROM labeler l LEFT JOIN password p ON p.labeler = l.id"
                        + " LEFT JOIN (SELECT labeler, COUNT(DISTINCT task) AS tasks FROM ranking GROUP BY labeler) ranked"
                        + " ON ranked.labeler = l.id ORDER BY l.name")
                .map((row, context) -> new Person(
                        Labelers.ROW.map(row, context), row.getString("account") != null, row.getInt("tasks")))
                .list());
    }

    /** @throws BadInputException if no admin would be left */
    public void changeRole(Labeler person, Labeler.Role role, String author) {
        store.write(handle -> {
            holdAdmins(handle);
            handle.createUpdate("UPDATE labeler SET role = :role WHERE id = :id")
                    .bind("role", role.configName())
                    .bind("id", person.id())
                    .execute();
            requireAdmin(handle);
            store.record(handle, author, "role-changed", person.id(), Map.of("role", role.configName()));
            return true;
        });
    }

    /**
     * Deletes an account with its sessions and tokens. The person's name and rankings are kept.
     *
     * @throws BadInputException if no admin would be left
     */
    public void closeAccount(Labeler person, String author) {
        store.write(handle -> {
            holdAdmins(handle);
            for (String table : List.of("session", "api_token", "password")) {
                handle.createUpdate("DELETE FROM " + table + " WHERE labeler = :id")
                        .bind("id", person.id())
                        .execute();
            }
            requireAdmin(handle);
            store.record(handle, author, "account-closed", person.id(), Map.of());
            return true;
        });
    }

    /** Locks the admins, so that two admins cannot remove each other at the same time. */
    private void holdAdmins(Handle handle) {
        handle.createQuery("SELECT l.id FROM labeler l WHERE l.role = 'admin' ORDER BY l.id" + store.holding("l"))
                .mapTo(String.class)
                .list();
    }

    private static void requireAdmin(Handle handle) {
        int admins = handle.createQuery(
                        "SELECT COUNT(*) FROM labeler l JOIN password p ON p.labeler = l.id WHERE l.role = 'admin'")
                .mapTo(Integer.class)
                .one();
        if (admins == 0) {
            throw BadInputException.at(
                    "people", "no remaining admin", "one or more", "make another person an admin first");
        }
    }
}
