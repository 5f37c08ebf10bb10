package dev.attune.langchain4j.http;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a server is reached.
 *
 * @param baseUrl of its API, such as {@code http://127.0.0.1:8000/v1}; an address without a path gets {@code /v1}
 * @param apiKey null: none is sent
 * @param timeout of a whole answer; of a stream the longest time without a line
 * @param retries most repeats of a request that the server refused because it was busy
 * @param longestWait longest time before a repeat; a server that asks for more is not asked again
 */
public record ApiOptions(URI baseUrl, @Nullable String apiKey, Duration timeout, int retries, Duration longestWait) {
    public ApiOptions {
        String scheme = baseUrl.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || baseUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "baseUrl: found '" + baseUrl + "', expected an address such as http://127.0.0.1:8000/v1");
        }
        if (timeout.isNegative() || timeout.isZero() || retries < 0 || longestWait.isNegative()) {
            throw new IllegalArgumentException("timeout " + timeout + ", retries " + retries + ", longest wait "
                    + longestWait + ": expected a timeout above 0, and neither of the others below 0");
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ApiOptions[" + baseUrl + "]";
    }

    URI address(String path) {
        String base = baseUrl.toString().replaceAll("/+$", "");
        String root = baseUrl.getPath() == null ? "" : baseUrl.getPath().replaceAll("/+$", "");
        return URI.create(base + (root.isEmpty() ? "/v1" : "") + path);
    }
}
