package dev.attune.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int report(Throwable thrown) {
        return new Failures(new PrintWriter(err), false).report(thrown);
    }

    @Test
    void wrongInputExitsWith2() {
        assertThat(report(new BadInputException("a.jsonl:3: found x"))).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("attune: a.jsonl:3: found x\n");
    }

    @Test
    void aFailedRunExitsWith1() {
        assertThat(report(new RunFailedException("step 3: the loss is NaN"))).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("attune: step 3: the loss is NaN\n");
    }

    @Test
    void aCauseThatIsMeantForTheUserWins() {
        assertThat(report(new RuntimeException(new BadInputException("the reason"))))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("attune: the reason\n");
    }

    @Test
    void aFullDiskIsRecognised() {
        assertThat(report(new UncheckedIOException(new IOException("/x/model.tmp: No space left on device"))))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("attune: the disk is full: ").hasLineCount(1);
    }

    @Test
    void aRunThatAFullDiskEndedSaysHowToGoOn() {
        IOException full = new IOException("No space left on device");
        assertThat(report(
                        new RunFailedException("cannot write the log of step 3: m.jsonl: " + full.getMessage(), full)))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("attune: cannot write the log of step 3: m.jsonl: No space left on device; free some space")
                .contains("attune train --resume RUN")
                .hasLineCount(1);
    }

    @Test
    void lackOfMemoryIsRecognised() {
        assertThat(report(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
        assertThat(report(new RuntimeException(
                        "DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")))
                .isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("attune: out of memory"));
    }

    @Test
    void aMissingFileIsWrongInput() {
        assertThat(report(new UncheckedIOException(new NoSuchFileException("x.yaml"))))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("attune: x.yaml: no such file");
    }

    @Test
    void anythingElseIsOneLineWithAHint() {
        assertThat(report(new IllegalStateException("first\nsecond"))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "attune: unexpected IllegalStateException: first; run it again with --stacktrace for the stack trace\n");
    }
}
