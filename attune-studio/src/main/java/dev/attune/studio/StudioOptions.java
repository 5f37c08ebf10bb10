package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;

/**
 * The options of a studio.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param runs the directory of all runs
 * @param jobs number of runs trained at the same time
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
