package dev.attune.studio.run;

import dev.attune.core.chart.LineChart;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunCurves;
import dev.attune.core.run.RunFolder;
import dev.attune.feedback.run.Run;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page of a run.
 *
 * @param lineage null if the run has no provenance yet
 * @param samples first and last answers to some prompts
 * @param recipe the complete one; empty before training wrote it
 */
public record RunPage(
        FoundRun found, @Nullable Lineage lineage, MetricsLog metrics, List<Samples> samples, String recipe) {
    private static final int LOG_LINES = 40;
    private static final int SAMPLES = 8;

    static RunPage of(FoundRun found, @Nullable Lineage lineage) {
        return new RunPage(
                found,
                lineage,
                found.folder().map(RunFolder::metrics).orElse(new MetricsLog(List.of())),
                Samples.of(found.directory(), SAMPLES),
                found.folder().map(RunFolder::recipe).orElse(""));
    }

    /** The charts of a run's metrics. */
    static String figures(MetricsLog metrics) {
        return RunCurves.of(metrics).stream().map(LineChart::html).collect(Collectors.joining());
    }

    /** The end of the log of a run's process; empty if it was started elsewhere. */
    static String log(FoundRun found) {
        Run run = found.run();
        return run == null ? "" : LogTail.of(RunPlace.of(run).log(), LOG_LINES);
    }

    public String figures() {
        return figures(metrics);
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

    /** The reason of a failure; empty otherwise. */
    public String message() {
        return found.run() == null ? "" : found.run().message();
    }
}
