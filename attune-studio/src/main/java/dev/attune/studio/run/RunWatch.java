package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import java.io.IOException;
import java.nio.file.Path;

/** Watches a run directory for somebody who looks at it. */
public final class RunWatch {
    private final GrowingLog metrics;

    public RunWatch(Path run) {
        this.metrics = new GrowingLog(run.resolve("metrics.jsonl"));
    }

    /** Whether there are other figures than at the last look. */
    public boolean changed() throws IOException {
        return metrics.look();
    }

    /** The figures at the last look. */
    public MetricsLog figures() {
        return MetricsLog.of(metrics.lines());
    }
}
