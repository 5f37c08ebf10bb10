package dev.attune.cli;

import dev.attune.feedback.store.StoreUrl;
import picocli.CommandLine.Option;

/** Where rankings are kept. */
final class DatabaseOption {
    @Option(
            names = "--db",
            paramLabel = "URL",
            defaultValue = "studio.db",
            description = "An SQLite file or postgresql://USER:PASSWORD@HOST/DATABASE (default: ${DEFAULT-VALUE}).")
    private String database;

    StoreUrl url() {
        return StoreUrl.parse(database);
    }
}
