package dev.attune.cli;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Files;
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

    /** One that is there already: a mistyped name makes no new file. */
    StoreUrl existing() {
        StoreUrl url = url();
        url.file().filter(file -> !Files.exists(file)).ifPresent(file -> {
            throw BadInputException.at(
                    "--db " + file,
                    "no such file",
                    "a studio's database",
                    "name the one that the studio was opened with");
        });
        return url;
    }
}
