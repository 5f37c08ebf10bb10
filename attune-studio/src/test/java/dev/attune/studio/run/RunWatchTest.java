package dev.attune.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunWatchTest {
    private static final String STEP = "{\"step\":%d,\"loss\":%d}%n";

    @TempDir
    Path folder;

    @Test
    void seesALogGrowAndCutBack() throws Exception {
        Path file = folder.resolve("metrics.jsonl");
        RunWatch watch = new RunWatch(folder);
        assertThat(watch.changed()).as("no file yet").isFalse();
        Files.writeString(file, STEP.formatted(1, 3) + STEP.formatted(2, 2) + "{\"st");
        assertThat(watch.changed()).isTrue();
        assertThat(watch.figures().lastStep()).as("the last whole line").isEqualTo(2);
        assertThat(watch.changed()).isFalse();
        Files.writeString(file, "ep\":3}\n", StandardOpenOption.APPEND);
        assertThat(watch.changed()).isTrue();
        assertThat(watch.figures().lastStep()).isEqualTo(3);
        Files.writeString(file, STEP.formatted(1, 3));
        assertThat(watch.changed()).isTrue();
        assertThat(watch.figures().lastStep()).isEqualTo(1);
    }
}
