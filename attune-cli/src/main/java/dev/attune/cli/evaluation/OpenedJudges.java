package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.cli.aifeedback.OpenedHarmJudge;
import dev.attune.core.error.RunFailedException;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import dev.attune.feedback.harm.HarmVerdictLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The judges that a suite's measures name, each opened once, with their verdicts on disk. */
final class OpenedJudges implements AutoCloseable {
    /** Calls of a served judge at once. */
    static final int THREADS = 4;

    private final Map<HarmJudgeSettings, OpenedHarmJudge> opened = new LinkedHashMap<>();
    private final Path replies;
    private final OpenedHarmJudge.Means means;
    private final HarmVerdictLog verdicts;

    private OpenedJudges(Path replies, OpenedHarmJudge.Means means, HarmVerdictLog verdicts) {
        this.replies = replies;
        this.means = means;
        this.verdicts = verdicts;
    }

    static OpenedJudges open(JobFolder out, long seed) throws IOException {
        return new OpenedJudges(
                out.file("judge-replies.jsonl"),
                new OpenedHarmJudge.Means(null, THREADS, seed),
                HarmVerdictLog.open(out.file("harm-verdicts.jsonl")));
    }

    HarmJudge of(HarmJudgeSettings settings) {
        OpenedHarmJudge known = opened.get(settings);
        if (known == null) {
            try {
                known = OpenedHarmJudge.of(settings, means, replies);
            } catch (IOException e) {
                throw new RunFailedException(String.valueOf(e.getMessage()), e);
            }
            opened.put(settings, known);
        }
        return verdicts.kept(known.judge(), settings);
    }

    @Override
    public void close() throws IOException {
        opened.values().forEach(OpenedHarmJudge::close);
        verdicts.close();
    }
}
