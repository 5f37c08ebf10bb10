package dev.attune.serve;

import dev.attune.core.error.BadInputException;
import dev.attune.serve.http.ApiHandler;
import dev.attune.serve.http.JsonErrors;
import dev.attune.serve.http.Keys;
import dev.attune.serve.http.Origins;
import dev.attune.serve.http.Routes;
import dev.attune.serve.metrics.Metrics;
import dev.attune.serve.model.ModelCatalog;
import dev.attune.serve.model.ServedModel;
import dev.attune.serve.route.ChatRoute;
import dev.attune.serve.route.CompletionsRoute;
import dev.attune.serve.route.EmbeddingsRoute;
import dev.attune.serve.route.InfoRoutes;
import dev.attune.serve.route.ScoreRoute;
import dev.attune.serve.route.ServerState;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server of OpenAI's protocol. */
public final class ModelServer implements AutoCloseable {
    /** Beside those that wait for a model: enough for health, metrics and refusals. */
    private static final int FURTHER_THREADS = 128;

    private static final int HEADER_BYTES = 32_768;
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

    private final ServerState state;
    private final Server server;
    private final ServerConnector connector;
    private final ApiHandler handler;

    private ModelServer(ServeOptions options) {
        Metrics metrics = new Metrics();
        this.state = new ServerState(metrics, options.keepAlive(), options.timeout());
        QueuedThreadPool threads = new QueuedThreadPool(options.maxRequests() + FURTHER_THREADS, 8);
        threads.setName("serve");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        // Names of models may have slashes, which clients encode.
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "names",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.idle().toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.setErrorHandler(new JsonErrors());
        this.handler = new ApiHandler(
                routes(),
                new Keys(options.keys()),
                new Origins(options.origins()),
                metrics,
                options.maxBodyBytes(),
                options.maxRequests());
        server.setHandler(handler);
    }

    private Routes routes() {
        Routes routes = new Routes();
        new InfoRoutes(state).add(routes);
        return routes.post("/v1/chat/completions", new ChatRoute(state))
                .post("/v1/completions", new CompletionsRoute(state))
                .post("/v1/embeddings", new EmbeddingsRoute(state))
                .post("/v1/score", new ScoreRoute(state));
    }

    /**
     * Starts a server that answers with status 503 until {@link #serve} is called.
     *
     * @throws BadInputException if the port cannot be used
     */
    public static ModelServer open(ServeOptions options) {
        ModelServer server = new ModelServer(options);
        try {
            server.server.start();
            return server;
        } catch (Exception e) {
            server.close();
            throw new BadInputException(
                    "--port " + options.port() + ": cannot listen on " + options.host() + ": " + e.getMessage()
                            + "; choose another port",
                    e);
        }
    }

    /**
     * Starts a server and answers requests until it is closed.
     *
     * @throws BadInputException if the port cannot be used
     */
    public static ModelServer start(ServeOptions options, List<ServedModel> models) {
        ModelCatalog catalog = new ModelCatalog(models);
        ModelServer server = open(options);
        server.state.serve(catalog);
        return server;
    }

    /** From now on requests for these models are answered. */
    public void serve(List<ServedModel> models) {
        state.serve(new ModelCatalog(models));
    }

    /** The port that the server listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Ends running requests and stops listening. Does not close the models. */
    @Override
    public void close() {
        state.closing();
        handler.drain(LONGEST_DRAIN);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
