package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Files;
import picocli.CommandLine.Option;

/** The option {@code --db}: the database of projects and rankings. */
final class DatabaseOption {
    @Option(
            names = "--db",
            paramLabel = "URL",
            defaultValue = "studio.db",
            description =
                    "Database: an SQLite file or postgresql://USER:PASSWORD@HOST/DATABASE (default: ${DEFAULT-VALUE}).")
    private String database;

    StoreUrl url() {
        return StoreUrl.parse(database);
    }

    /** An existing database; a mistyped name creates no new file. */
    StoreUrl existing() {
        StoreUrl url = url();
        url.file().filter(file -> !Files.exists(file)).ifPresent(file -> {
            throw BadInputException.at(
                    "--db " + file, "no such file", "a studio's database", "name the database of the studio with --db");
        });
        return url;
    }
}
