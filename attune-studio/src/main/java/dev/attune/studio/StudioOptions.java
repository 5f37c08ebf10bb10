package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;

/**
 * How the studio is started.
 *
 * @param host to bind to
 * @param port 0 for any that is free
 * @param runs the folder of all runs
 * @param jobs how many runs are trained at a time
 */
public record StudioOptions(StoreUrl database, String host, int port, Path runs, int jobs) {
    public static final int PORT = 7860;

    public StudioOptions {
        if (jobs < 1) {
            throw BadInputException.at("--jobs", Integer.toString(jobs), "1 or more", "change it");
        }
    }

    /** With the runs in {@code runs}, one at a time. */
    public StudioOptions(StoreUrl database, String host, int port) {
        this(database, host, port, Path.of("runs"), 1);
    }
}
