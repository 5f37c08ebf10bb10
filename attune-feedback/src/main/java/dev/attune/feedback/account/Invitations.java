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

/** How people come to an account, or to a new password: by a link that opens once. */
public final class Invitations {
    private static final Duration VALID = Duration.ofDays(7);

    private final Store store;

    public Invitations(Store store) {
        this.store = store;
    }

    /**
     * What a link gives.
     *
     * @param person who is known already and gets a new password; null if somebody new is invited
     */
    public record Invitation(Labeler.Role role, @Nullable Labeler person) {}

    /**
     * Invites somebody new.
     *
     * @param author who invites, or null for the command line
     * @return the secret of the link, which is told once
     */
    public String invite(Labeler.Role role, @Nullable String author) {
        return add(role, null, author);
    }

    /** Lets somebody who is known choose a password, the first one or another one. */
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

    /** None if it is unknown, used or out of date. */
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
     * Makes the account that an invitation is for, or changes its password; it cannot be used again.
     *
     * @param name of somebody new; a person who is known keeps the own one
     * @throws BadInputException if the invitation, the name or the password cannot be used
     */
    public Labeler accept(String secret, String name, String password) {
        if (find(secret).isEmpty()) {
            throw spent(); // before there is a hash to work on, which takes long
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

    /** Whoever was logged in with another password is logged out. */
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
        return BadInputException.at(
                "invitation", "one that was used or is out of date", "a new one", "ask for another");
    }
}
