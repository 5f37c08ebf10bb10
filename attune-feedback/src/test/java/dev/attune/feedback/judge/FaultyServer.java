package dev.attune.feedback.judge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A served judge that replies with the last digit of the judged number, or fails in one of five ways. */
final class FaultyServer implements AutoCloseable {
    /** How long it says nothing in place of a reply; clients that wait less time out. */
    static final Duration SILENCE = Duration.ofMillis(2000);

    private static final Pattern NUMBER = Pattern.compile("number (\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Set<Integer> numbers = ConcurrentHashMap.newKeySet();
    private volatile boolean faulty;
    private volatile boolean refusing;

    FaultyServer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void failEveryFifth() {
        faulty = true;
    }

    void refuseAll() {
        refusing = true;
    }

    /** How often the judge refused to judge. */
    int refusals() {
        return refusals.get();
    }

    /** The numbers that it was asked about. */
    Set<Integer> numbers() {
        return numbers;
    }

    void forget() {
        numbers.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher asked = NUMBER.matcher(body);
        int number = asked.find() ? Integer.parseInt(asked.group(1)) : -1;
        numbers.add(number);
        int request = count.incrementAndGet();
        try (exchange) {
            if (refusing) {
                send(exchange, 401, "{}");
            } else if (faulty && request % 5 == 0) {
                fail(exchange, request / 5 % 5);
            } else {
                send(exchange, 200, reply("It ends in " + number % 10 + ". [[" + number % 10 + "]]"));
            }
        }
    }

    private void fail(HttpExchange exchange, int kind) throws IOException {
        switch (kind) {
            case 0 -> send(exchange, 429, "slow down");
            case 1 -> send(exchange, 500, "oops");
            case 2 -> sleep();
            case 3 -> send(exchange, 200, reply("cut").substring(0, 40));
            default -> {
                refusals.incrementAndGet();
                send(exchange, 200, reply("I'm sorry, but I can't help with that."));
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(SILENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reply(String text) {
        return "{\"choices\": [{\"message\": {\"content\": " + Json.line(text) + "}, \"finish_reason\": \"stop\"}],"
                + " \"usage\": {\"prompt_tokens\": 10, \"completion_tokens\": 5}}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
