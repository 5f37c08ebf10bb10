package dev.attune.feedback.endpoint;

import dev.attune.core.error.BadInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a served model, its timeouts and retries.
 *
 * @param base {@code http://HOST:PORT}, or with a path such as {@code /v1}, to which {@code /chat/completions} is added
 * @param model its name on that server
 * @param keyVariable the environment variable with the API key; null if none is needed
 * @param timeout for one complete response
 * @param retries after a status of 429 or 5xx, or a broken connection
 * @param firstWait wait before the first retry if the server names none; it doubles with each retry
 * @param logProbabilities whether to request them, which some servers refuse
 * @param requestsPerMinute a limit that requests of all threads keep, retries included; 0: no limit
 * @param prices of the model's tokens
 */
@RecordBuilder
public record EndpointSettings(
        URI base,
        String model,
        @Nullable String keyVariable,
        Duration timeout,
        int retries,
        Duration firstWait,
        boolean logProbabilities,
        int requestsPerMinute,
        Prices prices)
        implements EndpointSettingsBuilder.With {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int RETRIES = 4;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    public EndpointSettings {
        if (requestsPerMinute < 0) {
            throw BadInputException.at(
                    "requests per minute", Integer.toString(requestsPerMinute), "0 or more", "change it");
        }
    }

    /** The default timeouts and retries, without log-probabilities. */
    public static EndpointSettings of(String base, String model, @Nullable String keyVariable) {
        requireKeyVariable(keyVariable);
        return new EndpointSettings(
                address(base), model, keyVariable, TIMEOUT, RETRIES, FIRST_WAIT, false, 0, Prices.NONE);
    }

    public EndpointSettings withRetries(int value, Duration wait) {
        return withRetries(value).withFirstWait(wait);
    }

    public EndpointSettings withLogProbabilities() {
        return withLogProbabilities(true);
    }

    /** @throws BadInputException if it is not an address of a server */
    private static URI address(String text) {
        try {
            URI uri = new URI(text.strip().replaceFirst("/+$", ""));
            boolean plain = uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (plain && uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below
        }
        throw BadInputException.at(
                "address '" + text + "'",
                "an invalid address",
                "http://HOST:PORT or https://HOST/v1, without a name or key in it",
                "change it");
    }

    /** Refuses other variables, so that other secrets of this machine cannot be sent to a server. */
    private static void requireKeyVariable(@Nullable String name) {
        if (name != null && !name.matches("[A-Z][A-Z0-9_]{0,80}_API_KEY")) {
            throw BadInputException.at(
                    "key variable '" + name + "'",
                    "a name that is not allowed",
                    "the name of an environment variable that ends with _API_KEY, such as OPENAI_API_KEY",
                    "set such a variable where the studio is started");
        }
    }

    /** The address for requests. */
    URI completions() {
        String path = base.getRawPath();
        return URI.create(base + (path == null || path.isEmpty() ? "/v1" : "") + "/chat/completions");
    }
}
