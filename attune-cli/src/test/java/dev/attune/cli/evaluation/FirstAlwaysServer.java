package dev.attune.cli.evaluation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A served judge that prefers the answer that is shown first, and counts its calls. */
final class FirstAlwaysServer implements AutoCloseable {
    private static final byte[] REPLY = ("{\"choices\": [{\"index\": 0, \"finish_reason\": \"stop\", \"message\":"
                    + " {\"role\": \"assistant\", \"content\": \"The first. [[A]]\"}}],"
                    + " \"usage\": {\"prompt_tokens\": 1, \"completion_tokens\": 5, \"total_tokens\": 6}}")
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();

    FirstAlwaysServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int calls() {
        return calls.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        calls.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, REPLY.length);
        exchange.getResponseBody().write(REPLY);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
