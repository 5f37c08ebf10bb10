package dev.attune.studio;

import dev.attune.core.chart.LineChart;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunCurves;
import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import dev.attune.studio.run.FoundRun;
import dev.attune.studio.run.Lineage;
import dev.attune.studio.run.LogTail;
import dev.attune.studio.run.RunPlace;
import dev.attune.studio.run.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a run shows.
 *
 * @param lineage null where the run has no provenance yet
 */
public record RunPage(FoundRun found, @Nullable Lineage lineage) {
    private static final int LOG_LINES = 40;
    private static final int SAMPLES = 8;

    /** The charts of a run's figures, one after the other. */
    static String figures(MetricsLog metrics) {
        return RunCurves.of(metrics).stream().map(LineChart::html).collect(Collectors.joining());
    }

    /** The end of what a run's process printed; empty where it was started elsewhere. */
    static String log(FoundRun found) {
        Run run = found.run();
        return run == null ? "" : LogTail.of(new RunPlace(Path.of(run.folder())).log(), LOG_LINES);
    }

    public String figures() {
        return found.folder().map(RunFolder::metrics).map(RunPage::figures).orElse("");
    }

    public String log() {
        return log(found);
    }

    public boolean queueKnowsIt() {
        return found.run() != null;
    }

    public boolean resumable() {
        return found.run() != null && found.run().state().resumable();
    }

    /** Why it failed; empty otherwise. */
    public String message() {
        return found.run() == null ? "" : found.run().message();
    }

    public List<Samples> samples() {
        return Samples.of(found.directory(), SAMPLES);
    }

    /** The complete recipe; empty before training wrote it. */
    public String recipe() {
        return found.folder().map(RunFolder::recipe).orElse("");
    }
}
