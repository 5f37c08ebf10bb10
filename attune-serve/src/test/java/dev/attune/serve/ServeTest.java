package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.serve.model.Embedder;
import dev.attune.serve.model.ServedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A server of two real tokenizers, M and S as in the list of known faults, over scripted engines. */
@Tag("shared")
abstract class ServeTest {
    static final String M = "smollm2";
    static final String S = "stories";
    static final int BETA = 17565;

    private static final Path MODELS = Path.of(System.getProperty("attune.shared"), "models");
    static HuggingFaceTokenizer chatTokenizer;
    static HuggingFaceTokenizer storyTokenizer;

    ScriptedEngine engine;
    ScriptedEngine stories;
    ModelServer server;
    final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void load() {
        chatTokenizer = HuggingFaceTokenizer.load(MODELS.resolve("SmolLM2-135M-Instruct"));
        storyTokenizer = HuggingFaceTokenizer.load(MODELS.resolve("stories260K"));
    }

    @AfterAll
    static void unload() {
        chatTokenizer.close();
        storyTokenizer.close();
    }

    @BeforeEach
    void start() {
        engine = new ScriptedEngine(32, queueLimit());
        stories = new ScriptedEngine(4, 8);
        server = ModelServer.start(options(), List.of(chatModel(), storyModel()));
    }

    int queueLimit() {
        return 64;
    }

    ServeOptions options() {
        return ServeOptions.DEFAULT.withPort(0);
    }

    ConversationOptions template() {
        return ConversationOptions.DEFAULT;
    }

    ServedModel chatModel() {
        return new ServedModel(
                M,
                Set.of("ada", "adb"),
                ConversationEncoder.of(chatTokenizer, template()),
                new PieceBytes(chatTokenizer),
                8192,
                49152,
                engine,
                new FirstInstances(chatTokenizer),
                embedder(),
                null);
    }

    ServedModel storyModel() {
        return new ServedModel(
                S,
                Set.of(),
                ConversationEncoder.of(storyTokenizer),
                new PieceBytes(storyTokenizer),
                512,
                512,
                stories,
                null,
                null,
                null);
    }

    /** A vector of eight numbers that depend on the tokens. */
    private static Embedder embedder() {
        return new Embedder() {
            @Override
            public int width() {
                return 8;
            }

            @Override
            public float[] embed(int[] tokens) {
                float[] vector = new float[8];
                for (int i = 0; i < tokens.length; i++) {
                    vector[i % 8] += (float) Math.sin(tokens[i]);
                }
                vector[7] += 1;
                return vector;
            }
        };
    }

    @AfterEach
    void stop() {
        server.close();
        engine.close();
        stories.close();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    /** CHAT of the list, with further fields. */
    static ObjectNode chat(String... more) {
        return with(
                "{'model':'smollm2','messages':[{'role':'user','content':'Hi'}],'temperature':0,'max_tokens':16}",
                more);
    }

    /** TEXT of the list, with further fields. */
    static ObjectNode text(String... more) {
        return with("{'model':'smollm2','prompt':'Hello','temperature':0,'max_tokens':8}", more);
    }

    /** Objects with single quotes for double ones, joined. */
    static ObjectNode with(String base, String... more) {
        ObjectNode joined = object(base.replace('\'', '"'));
        for (String part : more) {
            joined.setAll(object(part.replace('\'', '"')));
        }
        return joined;
    }

    static String schema(String schema) {
        return "{'max_tokens':120,'response_format':{'type':'json_schema','json_schema':{'name':'t','strict':true,'schema':"
                + schema + "}}}";
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String path(JsonNode body) {
        return body.has("messages") ? "/v1/chat/completions" : "/v1/completions";
    }

    /** The answer of a request that succeeds. */
    JsonNode ask(ObjectNode body) {
        HttpResponse<String> answer = post(path(body), body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return object(answer.body());
    }

    /** The error of a request that is refused with this status. */
    JsonNode refused(int status, ObjectNode body) {
        return refused(status, path(body), body.toString());
    }

    JsonNode refused(int status, String path, String body) {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode error = object(answer.body()).get("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(error.get("message").stringValue()).isNotBlank();
        return error;
    }

    /** The events of a request that is streamed. */
    List<String> events(ObjectNode body) {
        HttpResponse<String> answer =
                post(path(body), body.deepCopy().put("stream", true).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        List<String> events = new ArrayList<>();
        for (String event : answer.body().split("\n\n")) {
            if (!event.startsWith(":")) {
                assertThat(event).startsWith("data: ");
                events.add(event.substring("data: ".length()));
            }
        }
        return events;
    }

    /** The chunks of a stream that ends well. */
    List<JsonNode> chunks(ObjectNode body) {
        List<String> events = events(body);
        assertThat(events.get(events.size() - 1)).isEqualTo("[DONE]");
        return events.subList(0, events.size() - 1).stream()
                .map(event -> (JsonNode) object(event))
                .toList();
    }

    /** The joined text of a choice of a stream. */
    static String joined(List<JsonNode> chunks, int index) {
        StringBuilder text = new StringBuilder();
        for (JsonNode chunk : chunks) {
            for (JsonNode choice : chunk.get("choices")) {
                if (choice.get("index").intValue() == index) {
                    text.append(
                            choice.has("text")
                                    ? choice.get("text").stringValue()
                                    : choice.get("delta").path("content").asString(""));
                }
            }
        }
        return text.toString();
    }

    /** The reasons for which the choice ended, null ones left out. */
    static List<String> finishes(List<JsonNode> chunks, int index) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            for (JsonNode choice : chunk.get("choices")) {
                assertThat(choice.has("finish_reason")).isTrue();
                if (choice.get("index").intValue() == index
                        && !choice.get("finish_reason").isNull()) {
                    reasons.add(choice.get("finish_reason").stringValue());
                }
            }
        }
        return reasons;
    }

    static int[] ids(String text) {
        return chatTokenizer.encode(text);
    }

    static String longText(int words) {
        String[] all = new String[words];
        Arrays.fill(all, "word");
        return String.join(" ", all);
    }

    static void eventually(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
