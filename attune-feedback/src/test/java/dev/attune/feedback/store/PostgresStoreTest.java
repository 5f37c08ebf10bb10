package dev.attune.feedback.store;

import dev.attune.feedback.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Against a real server, of which every test gets a database of its own. */
class PostgresStoreTest extends StoreContract {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    StoreUrl url() {
        return server.database();
    }
}
