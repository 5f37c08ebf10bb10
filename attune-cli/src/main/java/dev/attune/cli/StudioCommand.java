package dev.attune.cli;

import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.Studio;
import dev.attune.studio.StudioOptions;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune studio}: the web application, until it is interrupted. */
@Command(
        name = "studio",
        description = {
            "Open the web application: projects of prompts and completions, and people who rank them in a browser.",
            "For one person on this machine it needs no account. A team begins with 'attune studio invite'; with accounts"
                    + " the studio may be reached from elsewhere (--host). Ctrl-C ends it; what was submitted is kept."
        },
        subcommands = StudioInviteCommand.class,
        footer = {"", "Example:", "  attune studio --db rankings.db --port 8080"})
final class StudioCommand extends BaseCommand {
    @Option(
            names = "--db",
            paramLabel = "URL",
            defaultValue = "studio.db",
            description = "An SQLite file or postgresql://USER:PASSWORD@HOST/DATABASE (default: ${DEFAULT-VALUE}).")
    private String database;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "To bind to (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "" + StudioOptions.PORT,
            description = "0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Override
    protected int run() throws InterruptedException {
        try (Studio studio = Studio.start(new StudioOptions(StoreUrl.parse(database), host, port))) {
            out().println("The studio is at " + studio.address());
            out().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
