package dev.attune.cli.evaluation;

import dev.attune.cli.aifeedback.OpenedHarmJudge;
import dev.attune.core.error.RunFailedException;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The judges that a suite's measures name, each opened once. */
final class OpenedJudges implements AutoCloseable {
    /** Calls of a served judge at once. */
    static final int THREADS = 4;

    private final Map<HarmJudgeSettings, OpenedHarmJudge> opened = new LinkedHashMap<>();
    private final Path replies;
    private final OpenedHarmJudge.Means means;

    /** @param replies the file in which replies of served judges are kept */
    OpenedJudges(Path replies, long seed) {
        this.replies = replies;
        this.means = new OpenedHarmJudge.Means(null, THREADS, seed);
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
        return known.judge();
    }

    @Override
    public void close() {
        opened.values().forEach(OpenedHarmJudge::close);
    }
}
