package dev.attune.cli;

import dev.attune.cli.aifeedback.AnnotateCommand;
import dev.attune.cli.aifeedback.ConstitutionCommand;
import dev.attune.cli.aifeedback.RedteamCommand;
import dev.attune.cli.aifeedback.ReviseCommand;
import dev.attune.cli.command.CommandRunner;
import dev.attune.cli.lab.Lab;
import dev.attune.cli.quickstart.QuickstartCommand;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root command. {@link #run} is the whole command line in-process: what {@code ./attune} does, without ending the
 * JVM.
 */
@Command(
        name = "attune",
        description = "RLHF for the JVM: from human rankings to an aligned language model.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start with:",
            "  attune quickstart          run the whole loop on the built-in model and write a report",
            "  attune doctor              check this machine",
            "",
            "Exit status: 0 success, 1 failure, 2 invalid input."
        },
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            RecipesCommand.class,
            GenerateCommand.class,
            ChatCommand.class,
            PlayCommand.class,
            VerifyCommand.class,
            ConvertCommand.class,
            ScoreCommand.class,
            ServeCommand.class,
            EvaluateCommand.class,
            ConstitutionCommand.class,
            ReviseCommand.class,
            AnnotateCommand.class,
            RedteamCommand.class,
            DataCommand.class,
            StudioCommand.class,
            FeedbackCommand.class,
            RunsCommand.class,
            RolloutsCommand.class,
            Lab.class,
            DoctorCommand.class
        })
@SuppressWarnings("UnusedVariable") // picocli sets the fields of its own options
public final class Attune implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    private boolean version;

    /** Without a subcommand: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /**
     * Runs one command line.
     *
     * @param out results, as text or JSON
     * @param err progress, logs and errors
     * @return the exit status: 0 success, 1 failure, 2 invalid input
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return CommandRunner.run(new Attune(), out, err, arguments);
    }
}
