package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Watches a run directory for somebody who looks at it. */
public final class RunWatch {
    private final Path metrics;
    private Optional<FileStamp> last = Optional.empty();

    public RunWatch(Path run) {
        this.metrics = run.resolve("metrics.jsonl");
    }

    /** Whether there may be other figures than at the last look. */
    public boolean changed() throws IOException {
        Optional<FileStamp> now = FileStamp.of(metrics);
        boolean other = now.isPresent() && !now.equals(last);
        last = now;
        return other;
    }

    public MetricsLog figures() {
        return MetricsLog.read(metrics);
    }
}
