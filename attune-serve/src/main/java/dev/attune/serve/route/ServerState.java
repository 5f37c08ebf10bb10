package dev.attune.serve.route;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.metrics.Metrics;
import dev.attune.serve.model.ModelCatalog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What all routes share. */
public final class ServerState {
    private final Metrics metrics;
    private final Duration keepAlive;
    private final Duration timeout;
    private volatile @Nullable ModelCatalog models;
    private volatile boolean closing;

    /** @param timeout of a request; zero: none */
    public ServerState(Metrics metrics, Duration keepAlive, Duration timeout) {
        this.metrics = metrics;
        this.keepAlive = keepAlive;
        this.timeout = timeout;
    }

    public Metrics metrics() {
        return metrics;
    }

    Duration keepAlive() {
        return keepAlive;
    }

    Duration timeout() {
        return timeout;
    }

    /** From now on requests are answered. */
    public void serve(ModelCatalog catalog) {
        models = catalog;
    }

    /** From now on running requests are ended. */
    public void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    @Nullable
    ModelCatalog catalog() {
        return models;
    }

    /** @throws ApiException with status 503 while the models are loaded */
    ModelCatalog models() {
        if (closing) {
            throw ApiException.unavailable("closing", "the server is shutting down");
        }
        ModelCatalog catalog = models;
        if (catalog == null) {
            throw ApiException.unavailable("loading", "the server is loading its models; try again later");
        }
        return catalog;
    }
}
