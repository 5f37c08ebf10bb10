package dev.attune.cli;

import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune studio}: the web application, until it is interrupted. */
@Command(
        name = "studio",
        description = {
            "Open the web application: projects of prompts and completions, and people who rank them in a browser.",
            "For one person on this machine it needs no account. A team begins with 'attune studio invite'; with accounts"
                    + " the studio may be reached from elsewhere (--host). Ctrl-C ends it; what was submitted is kept,"
                    + " and runs that were started from it go on."
        },
        subcommands = StudioInviteCommand.class,
        footer = {"", "Example:", "  attune studio --db rankings.db --port 8080"})
final class StudioCommand extends BaseCommand {
    @Mixin
    private DatabaseOption database;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "To bind to (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "" + StudioOptions.PORT,
            description = "0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "The folder of all runs (default: ${DEFAULT-VALUE}).")
    private Path runs;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many runs are trained at a time (default: ${DEFAULT-VALUE}).")
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
