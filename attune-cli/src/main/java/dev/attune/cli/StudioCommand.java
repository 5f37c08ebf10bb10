package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune studio}: runs the web application until it is interrupted. */
@Command(
        name = "studio",
        description = {
            "Start the web application: projects of prompts and completions that people rank in a browser, and training.",
            "One person on this machine needs no account. A team starts with 'attune studio invite'; with accounts the studio"
                    + " may listen on other addresses (--host). Ctrl-C stops the studio; submitted rankings are kept, and runs that"
                    + " were started from it continue."
        },
        subcommands = StudioInviteCommand.class,
        footer = {"", "Example:", "  attune studio --db rankings.db --port 8080"})
final class StudioCommand extends BaseCommand {
    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + StudioOptions.PORT,
            description = "Port to listen on; 0 for any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Directory of all runs (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of runs trained at the same time (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Mixin
    private EngineOptions engine;

    @Override
    protected int run() throws InterruptedException {
        engine.require();
        StudioOptions options = new StudioOptions(database.url(), host, port, runs, jobs);
        try (RunTokenNames tokens = new RunTokenNames();
                Studio studio = Studio.startWarm(options, StudioWiring.complete(engine::apply, tokens))) {
            out().println("The studio is at " + studio.address());
            out().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
