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

/** API tokens, with which programs log in. A token has the rights of the person who created it. */
public final class ApiTokens {
    private static final int MAX_NAME_LENGTH = 100;
    private static final long USE_MILLIS = 60_000;

    private final Store store;

    public ApiTokens(Store store) {
        this.store = store;
    }

    /**
     * A token as shown to its owner.
     *
     * @param created milliseconds since 1970
     * @param used when it was last used, to the minute; null for never
     */
    public record ApiToken(
            String id, String name, long created, @Nullable Long used) {}

    /**
     * Creates a token.
     *
     * @param name chosen by its owner
     * @return the secret, which is not stored
     * @throws BadInputException if the name is empty or too long
     */
    public String add(Labeler owner, String name) {
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > MAX_NAME_LENGTH) {
            throw BadInputException.at(
                    "token",
                    "a name of " + plain.length() + " characters",
                    "1 to " + MAX_NAME_LENGTH,
                    "choose another name");
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

    /** The tokens of a person, newest first. */
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

    /** Revokes a token of this person; does nothing for tokens of others. */
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

    /** The labeler of a token. */
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

    /** Records the last use to the minute, so that frequent requests do not write each time. */
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
