package dev.attune.serve.http;

import java.util.Set;

/** Which pages of browsers may read answers. */
public final class Origins {
    private final Set<String> allowed;

    /** @param allowed such as {@code http://a.example}; {@code *}: all; empty: none */
    public Origins(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Adds the headers of an allowed origin. */
    void addHeaders(Exchange exchange) {
        if (allowed.isEmpty()) {
            return;
        }
        exchange.setHeader("Vary", "Origin");
        String origin = exchange.header("Origin");
        if (origin != null && allows(origin)) {
            exchange.setHeader("Access-Control-Allow-Origin", origin);
            exchange.setHeader("Access-Control-Expose-Headers", "x-request-id, retry-after");
        }
    }

    /** Answers the question of a browser whether a page may send a request; false if it is none. */
    boolean answersPreflight(Exchange exchange) {
        String origin = exchange.header("Origin");
        String method = exchange.header("Access-Control-Request-Method");
        if (!exchange.method().equals("OPTIONS") || origin == null || method == null || !allows(origin)) {
            return false;
        }
        exchange.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
        String headers = exchange.header("Access-Control-Request-Headers");
        if (headers != null) {
            exchange.setHeader("Access-Control-Allow-Headers", headers);
        }
        exchange.setHeader("Access-Control-Max-Age", "600");
        exchange.empty(204);
        return true;
    }

    private boolean allows(String origin) {
        return allowed.contains("*") || allowed.contains(origin);
    }
}
