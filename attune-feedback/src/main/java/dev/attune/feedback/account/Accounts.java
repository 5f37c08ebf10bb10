package dev.attune.feedback.account;

import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Accounts with passwords. They are created by invitation, so there is no default password. */
public final class Accounts {
    private static final Duration SESSION = Duration.ofDays(14);

    /** A hash to compare with if the account does not exist, so that both cases take the same time. */
    private static final String NOBODY = Passwords.hash("nobody has this password");

    private final Store store;

    public Accounts(Store store) {
        this.store = store;
    }

    /**
     * Whether there is an account or an open invitation; otherwise the studio has a single local user.
     */
    public boolean any() {
        return store.read(handle -> handle.createQuery("SELECT (SELECT COUNT(*) FROM password)"
                                + " + (SELECT COUNT(*) FROM invitation WHERE used_by IS NULL AND expires > :now)")
                        .bind("now", store.now())
                        .mapTo(Integer.class)
                        .one()
                > 0);
    }

    /** The labeler with this name and password. */
    public Optional<Labeler> login(String name, String password) {
        Optional<Holder> holder = store.read(handle -> handle.createQuery("SELECT l.id, l.name, l.role, p.hash"
                        + " FROM labeler l JOIN password p ON p.labeler = l.id WHERE l.name = :name")
                .bind("name", name.strip())
                .map((row, context) -> new Holder(Labelers.ROW.map(row, context), row.getString("hash")))
                .findOne());
        boolean right = Passwords.matches(password, holder.map(Holder::hash).orElse(NOBODY));
        return right ? holder.map(Holder::labeler) : Optional.empty();
    }

    /** A labeler with the hash of the password. */
    private record Holder(Labeler labeler, String hash) {}

    /** Starts a session and returns its secret. */
    public String begin(Labeler labeler) {
        String secret = Secrets.random();
        return store.write(handle -> {
            handle.createUpdate("DELETE FROM session WHERE expires < :now")
                    .bind("now", store.now())
                    .execute();
            Insert.into("session")
                    .value("hash", Secrets.hash(secret))
                    .value("labeler", labeler.id())
                    .value("created", store.now())
                    .value("expires", store.now() + SESSION.toMillis())
                    .run(handle);
            store.record(handle, labeler.id(), "logged-in", labeler.id(), Map.of());
            return secret;
        });
    }

    /** The labeler of a session; empty if it has ended. */
    public Optional<Labeler> session(String secret) {
        return store.read(handle -> handle.createQuery("SELECT l.id, l.name, l.role FROM session s"
                        + " JOIN labeler l ON l.id = s.labeler WHERE s.hash = :hash AND s.expires > :now")
                .bind("hash", Secrets.hash(secret))
                .bind("now", store.now())
                .map(Labelers.ROW)
                .findOne());
    }

    public void end(String secret) {
        store.write(handle -> handle.createUpdate("DELETE FROM session WHERE hash = :hash")
                .bind("hash", Secrets.hash(secret))
                .execute());
    }
}
