package dev.attune.studio;

import dev.attune.feedback.store.StoreUrl;

/**
 * How the studio is started.
 *
 * @param host to bind to
 * @param port 0 for any that is free
 * @param models opens the models of directories
 */
public record StudioOptions(StoreUrl database, String host, int port, Models models) {
    public static final int PORT = 7860;

    /** Without an engine. */
    public StudioOptions(StoreUrl database, String host, int port) {
        this(database, host, port, Models.NONE);
    }

    public StudioOptions withModels(Models value) {
        return new StudioOptions(database, host, port, value);
    }
}
