package dev.attune.cli.serve;

import dev.attune.core.json.Json;
import dev.attune.serve.ModelServer;
import dev.attune.serve.ServeOptions;
import dev.attune.serve.local.DirectoryModel;
import dev.attune.serve.local.DirectoryOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A server over a real model, and a client of it. In texts of JSON, ' stands for ". */
final class Served implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final DirectoryModel model;
    private final ModelServer server;

    Served(Path directory, DirectoryOptions options) {
        model = DirectoryModel.open(directory, options);
        server = ModelServer.start(ServeOptions.DEFAULT.withPort(0), List.of(model.served()));
    }

    /** The address that clients are given. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    static ObjectNode json(String text) {
        return (ObjectNode) Json.tree(text.replace('\'', '"'));
    }

    /** The chat request of the tests, with other fields added or replaced. */
    static ObjectNode chat(String... more) {
        return with("{'model':'m','messages':[{'role':'user','content':'Hi'}],'temperature':0,'max_tokens':16}", more);
    }

    /** The text request of the tests. */
    static ObjectNode text(String... more) {
        return with("{'model':'m','prompt':'Hello','temperature':0,'max_tokens':8}", more);
    }

    private static ObjectNode with(String request, String... more) {
        ObjectNode body = json(request);
        for (String fields : more) {
            body.setAll(json(fields));
        }
        return body;
    }

    HttpResponse<String> post(String route, JsonNode body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + route))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String routeOf(JsonNode body) {
        return body.has("messages") ? "/v1/chat/completions" : "/v1/completions";
    }

    /** The answer to a request, which succeeds. */
    JsonNode ask(JsonNode body) {
        HttpResponse<String> answer = post(routeOf(body), body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Json.tree(answer.body());
    }

    CompletableFuture<JsonNode> start(JsonNode body) {
        return CompletableFuture.supplyAsync(() -> ask(body));
    }

    /** The text of the first choice. */
    String said(JsonNode body) {
        JsonNode choice = ask(body).get("choices").get(0);
        return (body.has("messages") ? choice.at("/message/content") : choice.get("text")).asString();
    }

    /** The events of a stream, without its end mark, which has to be there. */
    List<JsonNode> events(ObjectNode body) {
        HttpResponse<String> answer = post(routeOf(body), body.deepCopy().put("stream", true));
        List<String> lines = new ArrayList<>(Arrays.stream(answer.body().split("\n", -1))
                .filter(line -> line.startsWith("data: "))
                .toList());
        if (lines.isEmpty() || !lines.remove(lines.size() - 1).equals("data: [DONE]")) {
            throw new AssertionError(answer.body());
        }
        return lines.stream()
                .map(line -> Json.tree(line.substring("data: ".length())))
                .toList();
    }

    /** The joined text of a choice in a stream. */
    String streamed(ObjectNode body) {
        StringBuilder text = new StringBuilder();
        for (JsonNode event : events(body)) {
            for (JsonNode choice : event.get("choices")) {
                text.append(choice.at(body.has("messages") ? "/delta/content" : "/text")
                        .asString(""));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.close();
        model.close();
    }
}
