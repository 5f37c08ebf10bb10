package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.JobFolder;
import dev.attune.cli.aifeedback.OpenedHarmJudge;
import dev.attune.core.error.RunFailedException;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import dev.attune.feedback.harm.HarmVerdictLog;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The judges that a suite's measures name, each opened once, with their verdicts on disk. */
final class OpenedJudges implements AutoCloseable {
    /** Calls of a served judge at once. */
    static final int THREADS = 4;

    private final Map<HarmJudgeSettings, OpenedHarmJudge> opened = new LinkedHashMap<>();
    private final JobFolder out;
    private final OpenedHarmJudge.Means means;
    private @Nullable HarmVerdictLog verdicts;

    OpenedJudges(JobFolder out, long seed) {
        this.out = out;
        this.means = new OpenedHarmJudge.Means(null, THREADS, seed);
    }

    HarmJudge of(HarmJudgeSettings settings) {
        try {
            OpenedHarmJudge known = opened.get(settings);
            if (known == null) {
                known = OpenedHarmJudge.of(settings, means, out.file("judge-replies.jsonl"));
                opened.put(settings, known);
            }
            return verdicts().kept(known.judge(), settings);
        } catch (IOException e) {
            throw new RunFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Opened at the first judge, so that an evaluation without one has no such file. */
    private HarmVerdictLog verdicts() throws IOException {
        HarmVerdictLog log = verdicts;
        if (log == null) {
            log = HarmVerdictLog.open(out.file("harm-verdicts.jsonl"));
            verdicts = log;
        }
        return log;
    }

    @Override
    public void close() throws IOException {
        opened.values().forEach(OpenedHarmJudge::close);
        if (verdicts != null) {
            verdicts.close();
        }
    }
}
