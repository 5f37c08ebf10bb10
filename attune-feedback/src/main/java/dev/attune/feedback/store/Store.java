package dev.attune.feedback.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * An open database. Reading and writing go through {@link #read} and {@link #write}; a write is one transaction, and what it
 * did is on the disk when it returns. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int ATTEMPTS = 5;

    /** PostgreSQL's serialization failure, deadlock and unique violation. */
    private static final Set<String> IN_THE_WAY = Set.of("40001", "40P01", "23505");

    /** PostgreSQL's character that is not in its repertoire. */
    private static final Set<String> UNFIT = Set.of("22021");

    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final StoreUrl.Kind kind;
    private final Clock clock;

    /** SQLite has one writer at a time: whoever waits does so in turn, and not in naps as its own busy handler does. */
    private final GroupWriter writer;

    private Store(HikariDataSource connections, StoreUrl.Kind kind, Clock clock) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.writer = new GroupWriter(jdbi);
        this.kind = kind;
        this.clock = clock;
    }

    /** Opens a database, after bringing its tables up to date. */
    public static Store open(StoreUrl url) {
        return open(url, Clock.systemUTC());
    }

    /**
     * @param clock tells when leases end
     * @throws BadInputException if the database cannot be reached or is of a newer version
     */
    public static Store open(StoreUrl url, Clock clock) {
        HikariDataSource connections = connect(url);
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations(
                            "classpath:db/common", "classpath:db/" + url.kind().folder())
                    .outOfOrder(true) // a new version may lie between those that a database has
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            connections.close();
            throw unusable(url, e);
        }
        return new Store(connections, url.kind(), clock);
    }

    private static HikariDataSource connect(StoreUrl url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.jdbc());
        config.setMaximumPoolSize(CONNECTIONS);
        if (url.kind() == StoreUrl.Kind.SQLITE) {
            config.addDataSourceProperty("journal_mode", "WAL");
            config.addDataSourceProperty("synchronous", "FULL");
            config.addDataSourceProperty("foreign_keys", "true");
            config.addDataSourceProperty("busy_timeout", "10000");
            config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        }
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw unusable(url, e);
        }
    }

    private static BadInputException unusable(StoreUrl url, RuntimeException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return BadInputException.at(
                "--db " + url.jdbc().replaceAll("\\?.*", ""),
                "a database that cannot be used: " + reason,
                "one that can be reached, of this version or an older one",
                "check the address and the server");
    }

    /**
     * Asks the database; each query sees what was written before it, and nothing of a write in progress.
     *
     * @throws BadInputException if PostgreSQL is given a text that it cannot hold, as in all that follows
     */
    public <T> T read(Function<Handle, T> work) {
        return explained(() -> jdbi.withHandle(work::apply));
    }

    /** The same for queries whose answers have to fit together: all of them see the database of one moment. */
    public <T> T readAtOnce(Function<Handle, T> work) {
        if (kind == StoreUrl.Kind.POSTGRESQL) {
            return explained(() -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply));
        }
        return jdbi.withHandle(handle -> {
            handle.execute("BEGIN DEFERRED"); // the driver's own transactions would wait for whoever writes
            try {
                return work.apply(handle);
            } finally {
                handle.execute("ROLLBACK");
            }
        });
    }

    /**
     * Changes the database: all of it, or nothing if something is thrown.
     *
     * @param work is done again where another write got in its way, so that it leaves nothing behind but what it writes
     */
    public <T> T write(Function<Handle, T> work) {
        return kind == StoreUrl.Kind.POSTGRESQL ? explained(() -> writeBesideOthers(work)) : writer.write(work);
    }

    /** If two writes waited for each other, or wrote the same key, the second of them now sees what the first wrote. */
    private <T> T writeBesideOthers(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !tells(e, IN_THE_WAY)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw tells(e, UNFIT)
                    ? BadInputException.at("text", "the character U+0000", "text without it", "take it out")
                    : e;
        }
    }

    private static boolean tells(Throwable thrown, Set<String> states) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && states.contains(Objects.requireNonNullElse(sql.getSQLState(), ""))); // SQLite gives none
    }

    /** Milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** What a query is ended with that takes a row for this transaction and passes over those that others took. */
    String takingOneOf(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR UPDATE OF " + table + " SKIP LOCKED" : "";
    }

    /** What a query is ended with that keeps others from changing the rows until this transaction ends; they may name them. */
    public String holding(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR NO KEY UPDATE OF " + table : "";
    }

    /** Adds to the log of what happened. */
    public void record(Handle handle, String actor, String what, String subject, Map<String, ?> details) {
        long now = now();
        Insert.into("event")
                .value("id", Ids.at(now))
                .value("actor", actor)
                .value("kind", what)
                .value("subject", subject)
                .value("details", Json.line(details))
                .value("created", now)
                .run(handle);
    }

    @Override
    public void close() {
        connections.close();
    }
}
