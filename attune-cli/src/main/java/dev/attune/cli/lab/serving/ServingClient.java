package dev.attune.cli.lab.serving;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Asks a server for greedy completions of prompts made of random tokens. */
public final class ServingClient {
    private final ServedProcess server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int vocabulary;

    /** @param vocabulary ids from 10 to below this are drawn */
    public ServingClient(ServedProcess server, int vocabulary) {
        this.server = server;
        this.vocabulary = vocabulary;
    }

    /**
     * A streamed answer.
     *
     * @param firstSeconds until the first piece of text
     */
    public record Streamed(String text, double firstSeconds, int tokens) {}

    /** A request; the same number gives the same request. Lengths of prompt and answer vary with it around those given. */
    private Map<String, Object> request(int number, int promptTokens, int newTokens) {
        Random random = new Random(number);
        int length = Math.max(1, promptTokens / 2 + random.nextInt(promptTokens));
        List<Integer> prompt = random.ints(length, 10, vocabulary).boxed().toList();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", "model");
        request.put("prompt", prompt);
        request.put("temperature", 0);
        request.put("max_tokens", Math.max(1, newTokens / 2 + random.nextInt(newTokens)));
        return request;
    }

    /** The whole text of an answer. */
    public String text(int number, int promptTokens, int newTokens) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                post(request(number, promptTokens, newTokens)), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new RunFailedException("status " + answer.statusCode() + ": " + answer.body());
        }
        return Json.tree(answer.body()).get("choices").get(0).get("text").asString();
    }

    /** An answer as a stream, read to its end. */
    public Streamed stream(int number, int promptTokens, int newTokens) throws IOException, InterruptedException {
        Map<String, Object> request = request(number, promptTokens, newTokens);
        request.put("stream", true);
        request.put("stream_options", Map.of("include_usage", true));
        long start = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(post(request), BodyHandlers.ofInputStream());
        StringBuilder text = new StringBuilder();
        double first = Double.NaN;
        int tokens = 0;
        try (BufferedReader lines = reader(answer)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("data: {")) {
                    continue;
                }
                JsonNode event = Json.tree(line.substring("data: ".length()));
                if (!event.path("choices").isEmpty()) {
                    first = Double.isNaN(first) ? (System.nanoTime() - start) / 1e9 : first;
                    text.append(event.get("choices").get(0).get("text").asString());
                } else {
                    tokens = event.path("usage").path("completion_tokens").asInt();
                }
            }
        }
        return new Streamed(text.toString(), first, tokens);
    }

    /** Begins a long stream and leaves after its first event. */
    public void leave(int number) throws IOException, InterruptedException {
        Map<String, Object> request = request(number, 8, 8);
        request.put("max_tokens", 400);
        request.put("stream", true);
        HttpResponse<InputStream> answer = http.send(post(request), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            body.read();
        }
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private HttpRequest post(Map<String, Object> request) {
        return HttpRequest.newBuilder(server.route("/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(request)))
                .build();
    }

    /** A figure of {@code /metrics}. */
    public double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.root("/metrics")).build();
        return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
