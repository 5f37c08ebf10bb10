package dev.attune.feedback.redteam;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The attempts of a campaign, a line each. An unfinished last line is dropped. */
public final class AttemptLog implements AutoCloseable {
    private final Path file;
    private final LineLog log;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    private AttemptLog(Path file, LineLog log) {
        this.file = file;
        this.log = log;
    }

    static AttemptLog open(Path file) throws IOException {
        AttemptLog opened = new AttemptLog(file, LineLog.open(file));
        read(file).forEach(attempt -> opened.attempts.put(attempt.id(), attempt));
        return opened;
    }

    /** @throws BadInputException naming the line that is not an attempt */
    public static List<Attempt> read(Path file) throws IOException {
        return JsonLines.read(file, Attempt.class, "an attempt", "remove the line and those behind it");
    }

    /**
     * The attempt that was planned; empty if it was not made yet.
     *
     * @throws BadInputException if it was made with another request: the seeds have changed
     */
    Optional<Attempt> find(PlannedAttempt planned) {
        Attempt attempt = attempts.get(planned.id());
        if (attempt != null && !attempt.request().equals(planned.seed().request())) {
            throw BadInputException.at(
                    file + ", attempt " + planned.id(),
                    "another request than in the seeds",
                    "attempts of the same seeds",
                    "choose another directory with out=DIR");
        }
        return Optional.ofNullable(attempt);
    }

    /** Whether the target has answered any attempt. */
    boolean anyAnswer() {
        return attempts.values().stream()
                .anyMatch(attempt -> attempt.turns().get(0).answer() != null);
    }

    void add(Attempt attempt) throws IOException {
        log.append(Json.line(attempt));
        attempts.put(attempt.id(), attempt);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
