package dev.attune.cli.quickstart;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The seconds of each stage, kept in a log that a resumed quickstart continues. */
final class Costs {
    /** One stage's cost. */
    record Stage(String name, double seconds) {}

    private final Path file;

    Costs(Path file) {
        this.file = file;
    }

    void add(String name, double seconds) throws IOException {
        try (LineLog log = LineLog.open(file)) {
            log.append(Json.line(new Stage(name, seconds)));
        }
    }

    List<Stage> all() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> Json.records().readValue(line, Stage.class))
                    .toList();
        } catch (IOException e) {
            throw new RunFailedException(file + ": " + e.getMessage(), e);
        }
    }

    double totalSeconds() {
        return all().stream().mapToDouble(Stage::seconds).sum();
    }
}
