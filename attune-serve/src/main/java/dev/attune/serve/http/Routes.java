package dev.attune.serve.http;

import dev.attune.serve.error.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The routes of a server by method and path. A path that ends in {@code /*} has everything below it. */
public final class Routes {
    private record Entry(String method, String path, Route route) {
        boolean matches(String asked) {
            return path.endsWith("/*")
                    ? asked.startsWith(path.substring(0, path.length() - 1)) && asked.length() >= path.length()
                    : path.equals(asked);
        }
    }

    /** What answers a request, and the path by which metrics count it. */
    record Found(String path, Route route) {}

    private final List<Entry> entries = new ArrayList<>();

    public Routes get(String path, Route route) {
        entries.add(new Entry("GET", path, route));
        return this;
    }

    public Routes post(String path, Route route) {
        entries.add(new Entry("POST", path, route));
        return this;
    }

    /** The path of a route as it was added; {@code other} if there is none. */
    String name(String path) {
        return entries.stream()
                .filter(entry -> entry.matches(path))
                .findFirst()
                .map(Entry::path)
                .orElse("other");
    }

    /** @throws ApiException with status 404 or 405 */
    Found find(Exchange exchange) {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        @Nullable String other = null;
        for (Entry entry : entries) {
            if (entry.matches(exchange.path())) {
                if (entry.method().equals(method)) {
                    return new Found(entry.path(), entry.route());
                }
                other = entry.method();
            }
        }
        if (other == null) {
            throw ApiException.refused(404, null, exchange.method() + " " + shown(exchange.path()) + ": no such route");
        }
        exchange.setHeader("Allow", other + ", OPTIONS");
        throw ApiException.refused(
                405, null, shown(exchange.path()) + ": found " + exchange.method() + ", expected " + other);
    }

    private static String shown(String path) {
        return path.length() <= 100 ? path : path.substring(0, 100) + "...";
    }
}
