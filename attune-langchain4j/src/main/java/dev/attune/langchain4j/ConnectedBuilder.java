package dev.attune.langchain4j;

import dev.attune.langchain4j.http.ApiClient;
import dev.attune.langchain4j.http.ApiOptions;
import dev.attune.langchain4j.local.LocalServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all models have: a server that runs, by {@link #baseUrl} and {@link #modelName}, or a model in this
 * process, by {@link #server} or {@link #model}.
 *
 * @param <B> the builder itself
 */
public abstract class ConnectedBuilder<B extends ConnectedBuilder<B>> {
    private @Nullable String baseUrl;
    private @Nullable String apiKey;
    private @Nullable String modelName;
    private @Nullable LocalServer server;
    private @Nullable Path model;
    private Duration timeout = Duration.ofMinutes(5);
    private int maxRetries = 3;
    private Duration longestWait = Duration.ofSeconds(20);

    ConnectedBuilder() {}

    abstract B self();

    /** Address of a server's API, such as {@code http://127.0.0.1:8000/v1}. */
    public B baseUrl(String address) {
        baseUrl = address;
        return self();
    }

    /** The key that the server expects, if it expects one. */
    public B apiKey(@Nullable String key) {
        apiKey = key;
        return self();
    }

    /** The model, or the adapter, of requests that name none; of a server in this process its first model if none is given. */
    public B modelName(@Nullable String name) {
        modelName = name;
        return self();
    }

    /** A server in this process, which stays the caller's to close. */
    public B server(LocalServer local) {
        server = local;
        return self();
    }

    /** A directory whose model is loaded into this process, and closed with what is built. */
    public B model(Path directory) {
        model = directory;
        return self();
    }

    /** Longest time of an answer, or of a stream between two lines; 5 minutes if none is given. */
    public B timeout(Duration longest) {
        timeout = longest;
        return self();
    }

    /** Most repeats of a request that was refused because the server was busy (status 429 or 503); 3 if none is given. */
    public B maxRetries(int most) {
        maxRetries = most;
        return self();
    }

    /** Longest time before a repeat, which the server's Retry-After may ask for; 20 seconds if none is given. */
    public B maxRetryWait(Duration longest) {
        longestWait = longest;
        return self();
    }

    Connection connect() {
        int ways = (baseUrl == null ? 0 : 1) + (server == null ? 0 : 1) + (model == null ? 0 : 1);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "found " + ways + " of baseUrl, server and model, expected one; give one of them");
        }
        if (baseUrl != null) {
            return remote(baseUrl);
        }
        return server == null ? opened(model) : local(server, null);
    }

    private Connection remote(String address) {
        if (modelName == null || modelName.isBlank()) {
            throw new IllegalArgumentException("modelName: found none, expected the name of a model of " + address);
        }
        return new Connection(client(URI.create(address), apiKey), modelName, name -> true, null);
    }

    private Connection opened(@Nullable Path directory) {
        LocalServer own = LocalServer.open(Objects.requireNonNull(directory));
        try {
            return local(own, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private Connection local(LocalServer local, @Nullable AutoCloseable owned) {
        String name = modelName == null ? local.modelName() : modelName;
        return new Connection(client(local.baseUrl(), local.apiKey()), name, local::constrains, owned);
    }

    private ApiClient client(URI address, @Nullable String key) {
        return new ApiClient(new ApiOptions(address, key, timeout, maxRetries, longestWait));
    }
}
