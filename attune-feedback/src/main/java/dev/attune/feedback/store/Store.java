package dev.attune.feedback.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * An open database. Reading and writing go through {@link #read} and {@link #write}; a write is one transaction, and what it
 * did is on the disk when it returns. Thread-safe.
 */
public final class Store implements AutoCloseable {
    private static final int CONNECTIONS = 8;

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
     * @throws BadInputException where the database cannot be reached or is of a newer version
     */
    public static Store open(StoreUrl url, Clock clock) {
        HikariDataSource connections = connect(url);
        try {
            Flyway.configure()
                    .dataSource(connections)
                    .locations(
                            "classpath:db/common", "classpath:db/" + url.kind().folder())
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

    /** Asks the database; sees what was written before, and nothing of a write that goes on. */
    public <T> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    /** Changes the database: all of it, or nothing where something is thrown. */
    public <T> T write(Function<Handle, T> work) {
        if (kind == StoreUrl.Kind.POSTGRESQL) {
            return jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, work::apply);
        }
        return writer.write(work);
    }

    /** Milliseconds since 1970. */
    public long now() {
        return clock.millis();
    }

    /** What a query is ended with that takes a row for this transaction and passes over those that others took. */
    String takingOneOf(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR UPDATE OF " + table + " SKIP LOCKED" : "";
    }

    /** What a query is ended with that keeps others from changing the rows until this transaction ends. */
    String holding(String table) {
        return kind == StoreUrl.Kind.POSTGRESQL ? " FOR UPDATE OF " + table : "";
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
