package dev.attune.feedback.account;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Invitations: links for creating an account or choosing a new password, each valid once. */
public final class Invitations {
    private static final Duration VALID = Duration.ofDays(7);

    private final Store store;

    public Invitations(Store store) {
        this.store = store;
    }

    /**
     * An open invitation.
     *
     * @param person an existing person who gets a new password; null for a new person
     */
    public record Invitation(Labeler.Role role, @Nullable Labeler person) {}

    /**
     * Invites a new person.
     *
     * @param author the inviting person, or null for the command line
     * @return the secret of the link, which is not stored
     */
    public String invite(Labeler.Role role, @Nullable String author) {
        return add(role, null, author);
    }

    /** Invites an existing person to choose a password. */
    public String inviteAgain(Labeler person, @Nullable String author) {
        return add(person.role(), person, author);
    }

    private String add(Labeler.Role role, @Nullable Labeler person, @Nullable String author) {
        String secret = Secrets.random();
        return store.write(handle -> {
            Insert.into("invitation")
                    .value("hash", Secrets.hash(secret))
                    .value("role", role.configName())
                    .value("labeler", person == null ? null : person.id())
                    .value("author", author)
                    .value("created", store.now())
                    .value("expires", store.now() + VALID.toMillis())
                    .run(handle);
            Map<String, String> details = person == null ? Map.of() : Map.of("labeler", person.id());
            store.record(handle, author == null ? "command-line" : author, "invited", role.configName(), details);
            return secret;
        });
    }

    /** The invitation; empty if it is unknown, used or expired. */
    public Optional<Invitation> find(String secret) {
        return store.read(handle -> find(handle, secret));
    }

    private Optional<Invitation> find(Handle handle, String secret) {
        return handle.createQuery("SELECT i.role AS invited_role, l.id, l.name, l.role FROM invitation i"
                        + " LEFT JOIN labeler l ON l.id = i.labeler"
                        + " WHERE i.hash = :hash AND i.used_by IS NULL AND i.expires > :now")
                .bind("hash", Secrets.hash(secret))
                .bind("now", store.now())
                .map((row, context) -> new Invitation(
                        ConfigNamed.parse(Labeler.Role.class, "role", row.getString("invited_role")),
                        row.getString("id") == null ? null : Labelers.ROW.map(row, context)))
                .findOne();
    }

    /**
     * Accepts an invitation: creates the account or changes its password. It cannot be used again.
     *
     * @param name of a new person; an existing person keeps the name
     * @throws BadInputException if the invitation, the name or the password cannot be used
     */
    public Labeler accept(String secret, String name, String password) {
        if (find(secret).isEmpty()) {
            throw spent(); // check the password before hashing it, which takes long
        }
        String hash = Passwords.hash(password);
        return store.write(handle -> {
            Invitation invitation = find(handle, secret).orElseThrow(Invitations::spent);
            Labeler labeler = invitation.person() == null
                    ? new Labelers(store).add(handle, name, invitation.role())
                    : invitation.person();
            setPassword(handle, labeler, hash);
            int used = handle.createUpdate(
                            "UPDATE invitation SET used_by = :labeler WHERE hash = :hash AND used_by IS NULL")
                    .bind("labeler", labeler.id())
                    .bind("hash", Secrets.hash(secret))
                    .execute();
            if (used == 0) {
                throw spent();
            }
            return labeler;
        });
    }

    /** Sets the password and ends the person's sessions. */
    private void setPassword(Handle handle, Labeler labeler, String hash) {
        for (String table : new String[] {"session", "password"}) {
            handle.createUpdate("DELETE FROM " + table + " WHERE labeler = :id")
                    .bind("id", labeler.id())
                    .execute();
        }
        Insert.into("password")
                .value("labeler", labeler.id())
                .value("hash", hash)
                .value("created", store.now())
                .run(handle);
        store.record(handle, labeler.id(), "password-set", labeler.id(), Map.of());
    }

    private static BadInputException spent() {
        return BadInputException.at("invitation", "one that was used or has expired", "a new one", "ask for another");
    }
}
