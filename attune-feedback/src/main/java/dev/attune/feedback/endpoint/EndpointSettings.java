package dev.attune.feedback.endpoint;

import dev.attune.core.error.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of a served model, its timeouts and retries.
 *
 * @param base {@code http://HOST:PORT}, or with a path such as {@code /v1}, behind which {@code /chat/completions} lies
 * @param model its name on that server
 * @param keyVariable the environment variable that holds the key; null if none is needed
 * @param timeout for one whole answer
 * @param retries after an answer 429 or 5xx, or a connection that broke
 * @param firstWait before the first retry where the server names no time; each later one takes twice as long
 * @param logProbabilities whether to ask for them, which some servers refuse
 */
public record EndpointSettings(
        URI base,
        String model,
        @Nullable String keyVariable,
        Duration timeout,
        int retries,
        Duration firstWait,
        boolean logProbabilities) {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int RETRIES = 4;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** The usual patience, without log-probabilities. */
    public static EndpointSettings of(String base, String model, @Nullable String keyVariable) {
        requireKeyVariable(keyVariable);
        return new EndpointSettings(address(base), model, keyVariable, TIMEOUT, RETRIES, FIRST_WAIT, false);
    }

    public EndpointSettings withTimeout(Duration value) {
        return new EndpointSettings(base, model, keyVariable, value, retries, firstWait, logProbabilities);
    }

    public EndpointSettings withRetries(int value, Duration wait) {
        return new EndpointSettings(base, model, keyVariable, timeout, value, wait, logProbabilities);
    }

    public EndpointSettings withLogProbabilities() {
        return new EndpointSettings(base, model, keyVariable, timeout, retries, firstWait, true);
    }

    /** @throws BadInputException if it is no address of a server */
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
                "no address of a server",
                "http://HOST:PORT or https://HOST/v1, without a name or key in it",
                "change it");
    }

    /** Only variables that are meant for this: any other secret of this machine could be sent to any address. */
    private static void requireKeyVariable(@Nullable String name) {
        if (name != null && !name.matches("[A-Z][A-Z0-9_]{0,80}_API_KEY")) {
            throw BadInputException.at(
                    "key variable '" + name + "'",
                    "a name that is not allowed",
                    "the name of an environment variable that ends with _API_KEY, such as OPENAI_API_KEY",
                    "set such a variable where the studio is started");
        }
    }

    /** Where requests go. */
    URI completions() {
        String path = base.getRawPath();
        return URI.create(base + (path == null || path.isEmpty() ? "/v1" : "") + "/chat/completions");
    }
}
