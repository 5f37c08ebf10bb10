package dev.attune.feedback.exchange;

import dev.attune.feedback.TestPostgres;
import dev.attune.feedback.store.StoreUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresExchangeTest extends ExchangeContract {
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
    StoreUrl empty() {
        return server.database();
    }
}
