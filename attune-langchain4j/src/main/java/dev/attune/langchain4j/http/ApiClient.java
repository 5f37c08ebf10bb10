package dev.attune.langchain4j.http;

import dev.langchain4j.exception.LangChain4jException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of one server. A request that is refused because the server is busy is sent again. Safe for use by several threads. */
public final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** One try of a request. */
    private interface Attempt<T> {
        T run() throws Refusal;
    }

    private final ApiOptions options;
    /** HTTP 1.1: ending a stream closes the connection, which servers notice. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public ApiClient(ApiOptions options) {
        this.options = options;
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws LangChain4jException of the kind that fits what the server says
     */
    public JsonNode post(String path, ObjectNode body) {
        return repeat(() -> whole(path, body));
    }

    /** Sends a request whose answer comes in lines. */
    public LineStream stream(String path, ObjectNode body) {
        return repeat(() -> lines(path, body));
    }

    /** The error that an event of a stream or a part of an answer holds. */
    public static LangChain4jException error(JsonNode error) {
        return ApiError.of(0, error).exception();
    }

    private <T> T repeat(Attempt<T> attempt) {
        for (int repeat = 0; ; repeat++) {
            try {
                return attempt.run();
            } catch (Refusal refusal) {
                Duration wait = refusal.wait(repeat);
                if (!refusal.busy() || repeat == options.retries() || wait.compareTo(options.longestWait()) > 0) {
                    throw refusal.reason();
                }
                sleep(wait);
            }
        }
    }

    private void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw Failures.interrupted(options.baseUrl(), e);
        }
    }

    private JsonNode whole(String path, ObjectNode body) throws Refusal {
        URI address = options.address(path);
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request(address, body), BodyHandlers.ofString(StandardCharsets.UTF_8));
        HttpResponse<String> answer = await(address, sent, sent);
        refuse(answer);
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            throw new LangChain4jException(address + ": the answer is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private LineStream lines(String path, ObjectNode body) throws Refusal {
        URI address = options.address(path);
        LineStream lines = new LineStream(address, options.timeout());
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(
                request(address, body),
                info -> info.statusCode() == 200
                        ? BodySubscribers.fromLineSubscriber(lines, ended -> "", StandardCharsets.UTF_8, null)
                        : BodySubscribers.ofString(StandardCharsets.UTF_8));
        await(address, CompletableFuture.anyOf(lines.opened(), sent), sent);
        if (!lines.opened().isDone()) {
            refuse(sent.join());
        }
        return lines;
    }

    private <T> T await(URI address, Future<T> awaited, Future<?> sent) {
        try {
            return awaited.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw Failures.late(address, options.timeout());
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw Failures.interrupted(address, e);
        } catch (ExecutionException e) {
            throw Failures.of(address, e.getCause());
        }
    }

    private static void refuse(HttpResponse<String> answer) throws Refusal {
        if (answer.statusCode() != 200) {
            throw new Refusal(answer.statusCode(), answer.headers(), answer.body());
        }
    }

    private HttpRequest request(URI address, ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        String key = options.apiKey();
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }
}
