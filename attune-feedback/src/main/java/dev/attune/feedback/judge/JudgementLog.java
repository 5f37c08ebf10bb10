package dev.attune.feedback.judge;

import dev.attune.core.io.Hashing;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judgements in a file, one line each. A judgement is found by the judge's name, the item with its whole content, and the
 * sample number. An unfinished last line is dropped.
 */
final class JudgementLog implements AutoCloseable {
    private final LineLog log;
    private final Map<String, Judgement> judgements = new ConcurrentHashMap<>();

    private JudgementLog(LineLog log) {
        this.log = log;
    }

    private record Content(String judge, JudgedItem item, int sample) {}

    static JudgementLog open(Path file) throws IOException {
        JudgementLog log = new JudgementLog(LineLog.open(file));
        JsonLines.read(file, JudgementLine.class, "a judgement", "repair or delete the file")
                .forEach(line -> log.judgements.put(line.key(), line.judgement()));
        return log;
    }

    private static String key(String judge, JudgedItem item, int sample) {
        return Hashing.sha256(Json.line(new Content(judge, item, sample)));
    }

    Optional<Judgement> find(String judge, JudgedItem item, int sample) {
        return Optional.ofNullable(judgements.get(key(judge, item, sample)));
    }

    void add(JudgedItem item, int sample, Judgement judgement) throws IOException {
        String key = key(judgement.judge(), item, sample);
        log.append(Json.line(JudgementLine.of(key, item.id(), sample, judgement)));
        judgements.put(key, judgement);
    }

    /** The judgements of these items, in order; items without one are left out. */
    List<Judgement> of(String judge, List<JudgedItem> items, int sample) {
        return items.stream()
                .flatMap(item -> find(judge, item, sample).stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
