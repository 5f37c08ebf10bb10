package dev.attune.studio.run;

import dev.attune.feedback.run.Run;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The process of a run. It is detached: neither the end of the studio nor Ctrl-C in its terminal stops it. Its exit status
 * is written to a file, so that a later studio can read it.
 */
final class RunProcess {
    /**
     * A shell that waits for the program and records its exit status. The program inherits that interrupt and hang-up are
     * ignored: Java keeps ignoring signals that were ignored at its start. Termination requests go to the program; the
     * shell waits for it.
     */
    private static final String SHELL = """
            trap "" INT HUP QUIT
            trap : TERM
            pid=$1; exit=$2; shift 2
            echo $$ > "$pid.tmp" && mv "$pid.tmp" "$pid"
            "$@"
            status=$?
            echo $status > "$exit.tmp" && mv "$exit.tmp" "$exit"
            """;

    /** Maximum difference of two readings of a process's start time, which depends on the system clock. */
    private static final long CLOCK_MILLIS = 2_000;

    private RunProcess() {}

    /** Whether a process is running, and how it ended. */
    sealed interface ProcessStatus {
        /** The process is running. */
        record Working() implements ProcessStatus {}

        /** The process ended with this exit status. */
        record Ended(int status) implements ProcessStatus {}

        /** The process ended without a recorded exit status. */
        record Lost() implements ProcessStatus {}
    }

    /** Starts a program; its output is appended to the run's log. */
    static Run.Worker start(List<String> program, RunPlace place) throws IOException {
        Files.deleteIfExists(place.exit());
        Files.deleteIfExists(place.pid());
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                SHELL,
                "attune-run",
                place.pid().toString(),
                place.exit().toString()));
        command.addAll(program);
        Process process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(place.log().toFile()))
                .start();
        return worker(process.toHandle());
    }

    private static Run.Worker worker(ProcessHandle handle) {
        return new Run.Worker(
                handle.pid(),
                handle.info().startInstant().orElseGet(Instant::now).toEpochMilli());
    }

    /** The process recorded in this folder, if it is running and not older than the claim. */
    static Optional<Run.Worker> found(RunPlace place, long claimed) {
        return number(place.pid())
                .flatMap(ProcessHandle::of)
                .map(RunProcess::worker)
                .filter(worker -> worker.start() > claimed - CLOCK_MILLIS);
    }

    static ProcessStatus status(RunPlace place, Run.Worker worker) {
        return ended(place)
                .or(() -> handle(worker).map(alive -> new ProcessStatus.Working()))
                // it may have ended between the two checks
                .or(() -> ended(place))
                .orElseGet(ProcessStatus.Lost::new);
    }

    /** The recorded exit status of the process of this folder, if any. */
    static Optional<ProcessStatus> ended(RunPlace place) {
        return number(place.exit()).map(status -> new ProcessStatus.Ended(status.intValue()));
    }

    private static Optional<Long> number(Path file) {
        try {
            return Optional.of(Long.valueOf(Files.readString(file).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Optional<ProcessHandle> handle(Run.Worker worker) {
        return ProcessHandle.of(worker.pid()).filter(ProcessHandle::isAlive).filter(handle -> handle.info()
                .startInstant()
                .map(start -> Math.abs(start.toEpochMilli() - worker.start()) <= CLOCK_MILLIS)
                .orElse(true));
    }

    /** Requests termination (SIGTERM). */
    static void stop(Run.Worker worker) {
        program(worker, ProcessHandle::destroy);
    }

    /** Kills the program. */
    static void kill(Run.Worker worker) {
        program(worker, ProcessHandle::destroyForcibly);
    }

    private static void program(Run.Worker worker, Consumer<ProcessHandle> action) {
        handle(worker).ifPresent(shell -> shell.children().forEach(action));
    }
}
