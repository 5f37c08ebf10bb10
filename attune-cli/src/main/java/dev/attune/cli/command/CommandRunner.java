package dev.attune.cli.command;

import dev.attune.cli.process.Version;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command line in this process: results, errors and exit status as a user of the program gets them. */
public final class CommandRunner {
    private CommandRunner() {}

    /**
     * Runs one command line.
     *
     * @param command an object with picocli's annotations
     * @param out results, as text or JSON
     * @param err progress, logs and errors
     * @return the exit status: 0 success, 1 failure, 2 invalid input
     */
    public static int run(Object command, PrintWriter out, PrintWriter err, String... arguments) {
        boolean withStackTrace = Arrays.asList(arguments).contains("--stacktrace");
        Failures failures = new Failures(err, withStackTrace);
        CommandLine line = commandLine(command, out, err, failures);
        try {
            return line.execute(arguments);
        } catch (Throwable thrown) { // picocli hands on errors such as OutOfMemoryError
            return failures.report(thrown);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static CommandLine commandLine(Object command, PrintWriter out, PrintWriter err, Failures failures) {
        CommandLine line = new CommandLine(command);
        line.setOut(out);
        line.setErr(err);
        line.getCommandSpec().versionProvider(() -> new String[] {"attune " + Version.current()});
        line.setParameterExceptionHandler((exception, arguments) -> failures.usage(exception));
        line.setExecutionExceptionHandler((exception, failed, parsed) -> failures.report(exception));
        line.setExecutionStrategy(parsed -> {
            refuseUnknownCommand(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setUsageHelpAutoWidth(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** With --help picocli passes over words that it does not know, and would print the help of the command above. */
    private static void refuseUnknownCommand(ParseResult parsed) {
        for (CommandLine part : parsed.asCommandLineList()) {
            List<String> words = part.getParseResult().unmatched().stream()
                    .filter(word -> !word.startsWith("-"))
                    .toList();
            if (!words.isEmpty() && !part.getSubcommands().isEmpty()) {
                throw new UnmatchedArgumentException(part, words);
            }
        }
    }
}
