package dev.attune.feedback.revision;

import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The drafts of a job, one answer per line, in the order of the prompts. An interrupted job continues behind the last whole batch. */
public final class RevisionLog implements AutoCloseable {
    private final LineLog log;
    private final List<RevisedAnswer> answers;

    private RevisionLog(LineLog log, List<RevisedAnswer> answers) {
        this.log = log;
        this.answers = answers;
    }

    /**
     * Opens a log. An unfinished line is removed, and so are the lines of an unfinished batch, whose samples depend on the whole
     * batch.
     *
     * @param total answers of the whole job
     */
    public static RevisionLog open(Path file, int batch, int total) throws IOException {
        if (Files.exists(file)) {
            long lines = LineLog.cutBack(file, line -> true);
            long whole = lines < total ? lines - lines % batch : lines;
            AtomicLong seen = new AtomicLong();
            LineLog.cutBack(file, line -> seen.getAndIncrement() < whole);
        }
        LineLog log = LineLog.open(file);
        return new RevisionLog(log, new ArrayList<>(read(file)));
    }

    /** @throws dev.attune.core.error.BadInputException naming the line that is not one of a log */
    public static List<RevisedAnswer> read(Path file) throws IOException {
        return JsonLines.read(
                file, RevisedAnswer.class, "an answer with its drafts", "remove the line and those behind it");
    }

    /** All answers so far. */
    public List<RevisedAnswer> answers() {
        return List.copyOf(answers);
    }

    public void add(RevisedAnswer answer) throws IOException {
        log.append(Json.line(answer));
        answers.add(answer);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
