package dev.attune.serve;

import dev.attune.core.error.BadInputException;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How a server is reached, and its limits.
 *
 * @param host name or address to listen on; one that other machines reach needs a key
 * @param port 0: any free one
 * @param keys API keys, one of which every request has to have; empty: none is needed
 * @param origins of pages in browsers that may read answers; {@code *}: all
 * @param maxBodyBytes largest body of a request
 * @param maxRequests that are computed or wait at once
 * @param keepAlive time without events after which a stream gets a comment line
 * @param timeout of a request; zero: none
 * @param idle time after which a connection is closed on which nothing moves
 */
@RecordBuilder
public record ServeOptions(
        String host,
        int port,
        List<String> keys,
        Set<String> origins,
        long maxBodyBytes,
        int maxRequests,
        Duration keepAlive,
        Duration timeout,
        Duration idle)
        implements ServeOptionsBuilder.With {
    /** On this machine alone, port 8000, without keys. */
    public static final ServeOptions DEFAULT = new ServeOptions(
            "127.0.0.1",
            8000,
            List.of(),
            Set.of(),
            32_000_000,
            1024,
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ofMinutes(1));

    public ServeOptions {
        keys = List.copyOf(keys);
        origins = Set.copyOf(origins);
        if (keys.stream().anyMatch(key -> key.isBlank() || !key.equals(key.strip()) || key.contains(" "))) {
            throw BadInputException.at("--api-key", "an empty key or one with spaces", "a word", "choose another key");
        }
        if (keys.isEmpty() && !isLoopback(host)) {
            throw BadInputException.at(
                    "--host " + host,
                    "an address that other machines reach, without a key",
                    "127.0.0.1, or a key",
                    "leave --host out, or give --api-key");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new BadInputException("--host " + host + ": found no such host; give an address of this machine", e);
        }
    }
}
