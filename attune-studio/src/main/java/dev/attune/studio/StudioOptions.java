package dev.attune.studio;

import dev.attune.feedback.store.StoreUrl;
import java.nio.file.Path;

/**
 * How the studio is started.
 *
 * @param host to bind to
 * @param port 0 for any that is free
 * @param runs the folder under which run directories are looked for
 */
public record StudioOptions(StoreUrl database, String host, int port, Path runs) {
    public static final int PORT = 7860;
}
