package dev.attune.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLogTest {
    @TempDir
    Path folder;

    @Test
    void linesAreReadOnceTheyAreWhole() throws Exception {
        Path file = folder.resolve("metrics.jsonl");
        GrowingLog log = new GrowingLog(file);
        assertThat(log.look()).as("no file yet").isFalse();
        Files.writeString(file, "one\ntw");
        assertThat(log.look()).isTrue();
        assertThat(log.lines()).containsExactly("one");
        assertThat(log.look()).isFalse();
        Files.writeString(file, "ö\n", StandardOpenOption.APPEND);
        assertThat(log.look()).isTrue();
        assertThat(log.lines()).containsExactly("one", "twö");
    }

    @Test
    void aLogThatWasCutBackIsReadAnew() throws Exception {
        Path file = Files.writeString(folder.resolve("metrics.jsonl"), "one\ntwo\nthree\n");
        GrowingLog log = new GrowingLog(file);
        log.look();
        Files.writeString(file, "one\n");
        assertThat(log.look()).isTrue();
        assertThat(log.lines()).containsExactly("one");
        Files.writeString(file, "one\nother\nlines\nthat are longer\n");
        log.look();
        Files.writeString(file, "one\nOTHER\nlines\nthat are longer still\n");
        assertThat(log.look()).as("longer than before, but another one").isTrue();
        assertThat(log.lines()).containsExactly("one", "OTHER", "lines", "that are longer still");
    }
}
