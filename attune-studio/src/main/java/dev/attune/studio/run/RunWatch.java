package dev.attune.studio.run;

import dev.attune.core.run.MetricsLog;
import dev.attune.studio.files.FileStamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Watches the metrics of a run directory for an open page. */
public final class RunWatch {
    private final Path metrics;
    private Optional<FileStamp> last = Optional.empty();

    public RunWatch(Path run) {
        this.metrics = run.resolve("metrics.jsonl");
    }

    /** Whether the metrics may have changed since the last call. */
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
