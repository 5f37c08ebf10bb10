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
 * The process of a run. It belongs to nobody: neither the studio's end nor Ctrl-C in its terminal reaches it, and what it
 * ended with stands in a file, so that a studio started later knows as much as the one that started it.
 */
final class RunProcess {
    /**
     * A shell that stays until the program ends and writes down how. The program takes over that interrupt and hang-up are
     * ignored: Java leaves a signal alone that was ignored when it started. A request to end is for the program; the shell
     * waits for it.
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

    /** How far two readings of one process's start lie apart at most: systems derive it from a clock that is set. */
    private static final long CLOCK_MILLIS = 2_000;

    private RunProcess() {}

    /** Whether a process is running, and how it ended. */
    sealed interface ProcessStatus {
        /** It is alive. */
        record Working() implements ProcessStatus {}

        /** It ended with this exit status. */
        record Ended(int status) implements ProcessStatus {}

        /** It is gone, and nobody wrote down how. */
        record Lost() implements ProcessStatus {}
    }

    /** Starts a program; what it prints is added to the run's log. */
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

    /** The process that says of itself that it works there, if it is alive and no older than the claim. */
    static Optional<Run.Worker> found(RunPlace place, long claimed) {
        return number(place.pid())
                .flatMap(ProcessHandle::of)
                .map(RunProcess::worker)
                .filter(worker -> worker.start() > claimed - CLOCK_MILLIS);
    }

    static ProcessStatus look(RunPlace place, Run.Worker worker) {
        return ended(place)
                .or(() -> handle(worker).map(alive -> new ProcessStatus.Working()))
                // it may have ended between the two looks
                .or(() -> ended(place))
                .orElseGet(ProcessStatus.Lost::new);
    }

    /** What the process of that place ended with, if it did. */
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

    /** Asks the program to end. */
    static void stop(Run.Worker worker) {
        program(worker, ProcessHandle::destroy);
    }

    /** Ends the program at once. */
    static void kill(Run.Worker worker) {
        program(worker, ProcessHandle::destroyForcibly);
    }

    private static void program(Run.Worker worker, Consumer<ProcessHandle> action) {
        handle(worker).ifPresent(shell -> shell.children().forEach(action));
    }
}
