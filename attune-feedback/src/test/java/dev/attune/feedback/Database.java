package dev.attune.feedback;

import dev.attune.feedback.store.StoreUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The databases that all tests run on. */
public enum Database {
    SQLITE {
        @Override
        public StoreUrl empty(Path folder) {
            return StoreUrl.parse(folder.resolve(fresh() + ".db").toString());
        }
    },
    /**
     * A schema of a server that is started on first use. Separate databases would take ten times as long to create, and
     * removing many of them takes longer than the shutdown of a JVM allows.
     */
    POSTGRESQL {
        @Override
        public StoreUrl empty(Path folder) {
            String name = fresh();
            try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + name);
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return StoreUrl.parse(
                    "postgresql://postgres@localhost:" + Server.RUNNING.getPort() + "/postgres?currentSchema=" + name);
        }
    };

    /** A database without tables; in the folder if it is a file. */
    public abstract StoreUrl empty(Path folder);

    private static String fresh() {
        return "studio_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        /** Its library stops it at the end of the tests. */
        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
