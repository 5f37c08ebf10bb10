package dev.attune.feedback.harm;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.Hashing;
import dev.attune.core.io.LineLog;
import dev.attune.core.json.Json;
import dev.attune.core.json.JsonLines;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Verdicts of harm in a file, a line each, so that a job that continues asks for none twice. A verdict is found by the judge
 * with its settings, the prompt and the answer. Failed calls are not kept. Not thread-safe.
 */
public final class HarmVerdictLog implements AutoCloseable {
    /** Answers that are judged together; those of a batch that was not finished are judged again. */
    private static final int BATCH = 32;

    private final LineLog log;
    private final Map<String, HarmVerdict> verdicts = new HashMap<>();

    private HarmVerdictLog(LineLog log) {
        this.log = log;
    }

    private record Content(HarmJudgeSettings judge, Prompt prompt, String answer) {}

    private record Line(String key, HarmVerdict verdict) {
        Line {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(verdict, "verdict");
        }
    }

    /** @throws dev.attune.core.error.BadInputException naming the line that is not a verdict */
    public static HarmVerdictLog open(Path file) throws IOException {
        HarmVerdictLog opened = new HarmVerdictLog(LineLog.open(file));
        JsonLines.read(file, Line.class, "a verdict of harm", "repair or delete the file")
                .forEach(line -> opened.verdicts.put(line.key, line.verdict));
        return opened;
    }

    /** The judge with its verdicts kept here. */
    public HarmJudge kept(HarmJudge judge, HarmJudgeSettings settings) {
        return new Kept(judge, settings);
    }

    private final class Kept implements HarmJudge {
        private final HarmJudge judge;
        private final HarmJudgeSettings settings;

        Kept(HarmJudge judge, HarmJudgeSettings settings) {
            this.judge = judge;
            this.settings = settings;
        }

        @Override
        public String name() {
            return judge.name();
        }

        @Override
        public List<HarmVerdict> judge(List<PromptCompletion> answers) {
            List<PromptCompletion> open = answers.stream()
                    .filter(answer -> !verdicts.containsKey(key(answer)))
                    .distinct()
                    .toList();
            Map<String, HarmVerdict> failed = new HashMap<>();
            for (int from = 0; from < open.size(); from += BATCH) {
                failed.putAll(asked(open.subList(from, Math.min(from + BATCH, open.size()))));
            }
            return answers.stream()
                    .map(this::key)
                    .map(key -> Objects.requireNonNull(verdicts.getOrDefault(key, failed.get(key))))
                    .toList();
        }

        /** Asks and keeps; what failed is returned. */
        private Map<String, HarmVerdict> asked(List<PromptCompletion> open) {
            Map<String, HarmVerdict> failed = new HashMap<>();
            List<HarmVerdict> given = judge.judge(open);
            for (int i = 0; i < open.size(); i++) {
                if (given.get(i).reason() == UnscoredReason.JUDGE_FAILED) {
                    failed.put(key(open.get(i)), given.get(i));
                } else {
                    add(key(open.get(i)), given.get(i));
                }
            }
            return failed;
        }

        private String key(PromptCompletion answer) {
            return Hashing.sha256(Json.line(new Content(settings, answer.prompt(), answer.completion())));
        }
    }

    private void add(String key, HarmVerdict verdict) {
        try {
            log.append(Json.line(new Line(key, verdict)));
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        }
        verdicts.put(key, verdict);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
