package dev.attune.cli.command;

import dev.attune.core.error.AttuneException;
import dev.attune.core.error.RunStoppedException;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns a failure into one line on standard error and an exit status. */
public final class Failures {
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final String AFTER_FULL_DISK =
            "; free some space, then run the same command again, or resume the run with 'attune train --resume RUN'";

    private final PrintWriter err;
    private final boolean withStackTrace;

    public Failures(PrintWriter err, boolean withStackTrace) {
        this.err = err;
        this.withStackTrace = withStackTrace;
    }

    /** A command line that picocli could not read: exit status 2. */
    public int usage(ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        String message = exception.getMessage();
        if (exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            message = unmatched(line, unmatched.getUnmatched().get(0));
        }
        print(message + "; see '" + line.getCommandSpec().qualifiedName() + " --help'", exception);
        return WRONG_INPUT;
    }

    private static String unmatched(CommandLine line, String word) {
        if (word.startsWith("-")) {
            List<String> options = line.getCommandSpec().options().stream()
                    .flatMap(option -> List.of(option.names()).stream())
                    .filter(name -> name.startsWith("--"))
                    .toList();
            return "unknown option '" + word + "'" + nearest(word, options);
        }
        if (!line.getSubcommands().isEmpty()) {
            return "unknown command '" + word + "'"
                    + nearest(word, line.getSubcommands().keySet());
        }
        return "unexpected argument '" + word + "'";
    }

    private static String nearest(String word, Iterable<String> known) {
        String nearest = Nearest.to(word, known);
        return nearest.isEmpty() ? "" : "; the nearest known one is '" + nearest + "'";
    }

    /** Reports anything thrown by a command. */
    public int report(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RunStoppedException stopped) {
                return stopped.exitStatus(); // the run has said so, while the JVM waited for it
            }
            if (cause instanceof AttuneException known) {
                print(known.getMessage() + (causedByFullDisk(known) ? AFTER_FULL_DISK : ""), thrown);
                return known.exitStatus();
            }
            if (cause instanceof ParameterException wrong) {
                return usage(wrong);
            }
            if (outOfMemory(cause)) {
                print(
                        "out of memory (" + firstLine(cause)
                                + "); use a smaller batch.micro or model, or a larger Java heap with ATTUNE_HEAP=4g",
                        thrown);
                return FAILED;
            }
            if (diskFull(cause)) {
                print("the disk is full: " + firstLine(cause) + AFTER_FULL_DISK, thrown);
                return FAILED;
            }
            if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
                print(
                        firstLine(cause)
                                + ": no such file; check the path; relative paths start at the working directory",
                        thrown);
                return WRONG_INPUT;
            }
            if (cause instanceof AccessDeniedException) {
                print(firstLine(cause) + ": permission denied", thrown);
                return FAILED;
            }
        }
        print(
                "unexpected " + thrown.getClass().getSimpleName() + ": " + firstLine(thrown)
                        + (withStackTrace ? "" : "; run it again with --stacktrace for the stack trace"),
                thrown);
        return FAILED;
    }

    private void print(String message, Throwable thrown) {
        err.println("attune: " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
        if (withStackTrace) {
            thrown.printStackTrace(err);
        }
        err.flush();
    }

    private static boolean outOfMemory(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof OutOfMemoryError
                || message.contains("can't allocate memory")
                || message.contains("CUDA out of memory")
                || message.contains("not enough memory: you tried to allocate");
    }

    private static boolean causedByFullDisk(Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && !diskFull(cause)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private static boolean diskFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left on device") || message.contains("disk quota exceeded");
    }

    private static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null) {
            return thrown.getClass().getSimpleName();
        }
        return message.strip().lines().findFirst().orElse("");
    }
}
