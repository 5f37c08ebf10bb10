package dev.attune.studio;

import dev.attune.feedback.store.StoreUrl;

/**
 * How the studio is started.
 *
 * @param host to bind to
 * @param port 0 for any that is free
 */
public record StudioOptions(StoreUrl database, String host, int port) {
    public static final int PORT = 7860;
}
