package dev.attune.core.reward;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs programs that a model wrote. Implementations say how far they are isolated. Thread-safe. */
public interface Sandbox {
    /** Runs a program to its end or to its limits; never throws for what the program does. */
    Result run(Program program);

    /**
     * A program.
     *
     * @param command the executable and its arguments; no shell reads them
     * @param files written into its working directory first, contents by plain file name
     * @param input its standard input
     */
    record Program(List<String> command, Map<String, String> files, String input, Limits limits) {
        public Program {
            command = List.copyOf(command);
            files = Map.copyOf(files);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a program without a command");
            }
        }
    }

    /**
     * What a program may use.
     *
     * @param time of the clock, with everything it started
     * @param outputBytes of standard output and error together
     */
    record Limits(Duration time, int outputBytes) {
        /** 5 seconds and 64 KiB. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(5), 1 << 16);
        }
    }

    /** How a program ended. */
    enum Ending {
        /** By itself: the exit status counts. */
        EXITED,
        /** Killed after its time. */
        TIME,
        /** Killed when it wrote too much. */
        OUTPUT,
        /** It could not be started. */
        NOT_STARTED
    }

    /**
     * The result of a program.
     *
     * @param exitStatus -1 unless it exited
     * @param output standard output and error, up to the limit; the reason if it could not be started
     */
    record Result(Ending ending, int exitStatus, String output) {}
}
