package dev.attune.feedback.account;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Ids;
import dev.attune.feedback.store.Insert;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What programs log in with. A token may do what the person may who made it. */
public final class ApiTokens {
    private static final int LONGEST_NAME = 100;
    private static final long USE_MILLIS = 60_000;

    private final Store store;

    public ApiTokens(Store store) {
        this.store = store;
    }

    /**
     * A token as its owner sees it.
     *
     * @param created milliseconds since 1970
     * @param used when it was last used, to the minute; null for never
     */
    public record ApiToken(
            String id, String name, long created, @Nullable Long used) {}

    /**
     * Makes a token.
     *
     * @param name that tells its owner what it is for
     * @return the secret, which is told once
     * @throws BadInputException if the name is empty or too long
     */
    public String add(Labeler owner, String name) {
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > LONGEST_NAME) {
            throw BadInputException.at(
                    "token", "a name of " + plain.length() + " letters", "1 to " + LONGEST_NAME, "choose another name");
        }
        String secret = Secrets.random();
        return store.write(handle -> {
            String id = Ids.at(store.now());
            Insert.into("api_token")
                    .value("id", id)
                    .value("hash", Secrets.hash(secret))
                    .value("labeler", owner.id())
                    .value("name", plain)
                    .value("created", store.now())
                    .run(handle);
            store.record(handle, owner.id(), "token-added", id, Map.of("name", plain));
            return secret;
        });
    }

    /** Newest first. */
    public List<ApiToken> of(Labeler owner) {
        return store.read(handle -> handle.createQuery(
                        "SELECT id, name, created, used FROM api_token WHERE labeler = :owner ORDER BY created DESC, id")
                .bind("owner", owner.id())
                .map((row, context) -> new ApiToken(
                        row.getString("id"),
                        row.getString("name"),
                        row.getLong("created"),
                        row.getObject("used") == null ? null : row.getLong("used")))
                .list());
    }

    /** Ends a token; that of somebody else is left alone. */
    public void remove(Labeler owner, String id) {
        store.write(handle -> {
            int removed = handle.createUpdate("DELETE FROM api_token WHERE id = :id AND labeler = :owner")
                    .bind("id", id)
                    .bind("owner", owner.id())
                    .execute();
            if (removed > 0) {
                store.record(handle, owner.id(), "token-removed", id, Map.of());
            }
            return removed;
        });
    }

    /** Whose token it is. */
    public Optional<Labeler> owner(String secret) {
        String hash = Secrets.hash(secret);
        Optional<Labeler> owner = store.read(handle -> handle.createQuery("SELECT l.id, l.name, l.role FROM api_token t"
                        + " JOIN labeler l ON l.id = t.labeler WHERE t.hash = :hash")
                .bind("hash", hash)
                .map(Labelers.ROW)
                .findOne());
        owner.ifPresent(known -> noteUse(hash));
        return owner;
    }

    /** To the minute: a program that sends many requests need not write at each. */
    private void noteUse(String hash) {
        long now = store.now();
        boolean stale = store.read(handle -> handle.createQuery(
                                "SELECT COUNT(*) FROM api_token WHERE hash = :hash AND (used IS NULL OR used < :before)")
                        .bind("hash", hash)
                        .bind("before", now - USE_MILLIS)
                        .mapTo(Integer.class)
                        .one()
                > 0);
        if (stale) {
            store.write(handle -> handle.createUpdate("UPDATE api_token SET used = :now WHERE hash = :hash")
                    .bind("now", now)
                    .bind("hash", hash)
                    .execute());
        }
    }
}
