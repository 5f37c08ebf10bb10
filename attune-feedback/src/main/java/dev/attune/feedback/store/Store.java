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
 * An open database. Reading and writing go through {@link #read} and {@link #write}; a write is one transaction, which
 * is on disk when it returns. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int ATTEMPTS = 5;

    /** PostgreSQL's serialization failure, deadlock and unique violation. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "23505");

    /** PostgreSQL's error for a character that it cannot store. */
    private static final Set<String> INVALID_TEXT = Set.of("22021");

    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final StoreUrl.Kind kind;
    private final Clock clock;

    /** SQLite allows one writer at a time; writers queue here instead of polling as its busy handler does. */
    private final GroupWriter writer;

    private Store(HikariDataSource connections, StoreUrl.Kind kind, Clock clock) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.writer = new GroupWriter(jdbi);
        this.kind = kind;
        this.clock = clock;
    }

    /** Opens a database and migrates its tables. */
    public static Store open(StoreUrl url) {
        return open(url, Clock.systemUTC());
    }

    /**
     * @param clock for the end of leases
     * @throws BadInputException if the database cannot be reached or is of a newer version
     */
    public static Store open(StoreUrl url, Clock clock) {
        HikariDataSource connections = connect(url);
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations(
                            "classpath:db/common", "classpath:db/" + url.kind().folder())
                    .outOfOrder(true) // a new migration may have a version between those that a database has
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
     * Reads from the database; each query sees committed writes only.
     *
     * @throws BadInputException if PostgreSQL is given a text that it cannot store; this applies to the other methods
     *     too
     */
    public <T> T read(Function<Handle, T> work) {
        return explained(() -> jdbi.withHandle(work::apply));
    }

    /** Reads from a snapshot: all queries see the same state of the database. */
    public <T> T readAtOnce(Function<Handle, T> work) {
        if (kind == StoreUrl.Kind.POSTGRESQL) {
            return explained(() -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply));
        }
        return jdbi.withHandle(handle -> {
            handle.execute("BEGIN DEFERRED"); // the driver's own transactions would wait for writers
            try {
                return work.apply(handle);
            } finally {
                handle.execute("ROLLBACK");
            }
        });
    }

    /**
     * Runs a transaction; it is rolled back if an exception is thrown.
     *
     * @param work is repeated after a conflict with another write, so it must have no other side effects
     */
    public <T> T write(Function<Handle, T> work) {
        return kind == StoreUrl.Kind.POSTGRESQL ? explained(() -> writeBesideOthers(work)) : writer.write(work);
    }

    /** Whether a write should be repeated: after a deadlock or a duplicate key it sees the other write. */
    private <T> T writeBesideOthers(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply);
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !hasState(e, CONFLICTS)) {
                    throw e;
                }
            }
        }
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            throw hasState(e, INVALID_TEXT)
                    ? BadInputException.at("text", "the character U+0000", "text without it", "remove it")
                    : e;
        }
    }

    private static boolean hasState(Throwable thrown, Set<String> states) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && states.contains(Objects.requireNonNullElse(sql.getSQLState(), ""))); // SQLite returns none
    }

    /** The current time, in milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** The SQL suffix that locks the rows of a query and skips locked ones. */
    String takingOneOf(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR UPDATE OF " + table + " SKIP LOCKED" : "";
    }

    /**
     * The SQL suffix that locks the rows of a query against changes until this transaction ends; references to them are
     * allowed.
     */
    public String holding(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR NO KEY UPDATE OF " + table : "";
    }

    /** Adds an event to the audit log. */
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
