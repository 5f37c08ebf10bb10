package dev.attune.langchain4j;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A test double of a server: replies as it is told, and remembers what it was asked. */
final class StandIn implements AutoCloseable {
    /** What to do with a request. */
    interface Reply {
        void send(HttpExchange exchange, JsonNode body) throws IOException;
    }

    /** A request. */
    record Asked(String path, String authorization, JsonNode body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The replies to the next requests; the last one is that to all further ones. */
    StandIn replies(Reply... next) {
        synchronized (replies) {
            replies.clear();
            replies.addAll(List.of(next));
        }
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
            asked.add(new Asked(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            next().send(exchange, body);
        }
    }

    private Reply next() {
        synchronized (replies) {
            return replies.size() > 1 ? replies.remove() : replies.element();
        }
    }

    List<Asked> asked() {
        return asked;
    }

    /** The body of the last request. */
    JsonNode body() {
        return asked.get(asked.size() - 1).body();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** @param headers names and values by turns */
    static Reply json(int status, String text, String... headers) {
        return (exchange, body) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Reply error(int status, String type, String param, String code, String message, String... headers) {
        return json(status, errorBody(type, param, code, message), headers);
    }

    static String errorBody(String type, String param, String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":\"" + param
                + "\",\"code\":\"" + code + "\"}}";
    }

    /** Sends the text as it is, and ends. */
    static Reply events(String text) {
        return (exchange, body) -> begin(exchange).write(text.getBytes(StandardCharsets.UTF_8));
    }

    static OutputStream begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    /** A chunk of a stream, as an event. */
    static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + (finish == null ? "null" : "\"" + finish + "\"")
                + "}],\"usage\":null}\n\n";
    }

    static String text(String text) {
        return chunk("{\"content\":" + JsonMapper.shared().writeValueAsString(text) + "}", null);
    }

    /** The ends of a stream. */
    static String end(String finish) {
        return chunk("{}", finish)
                + "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}\n\ndata: [DONE]\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
