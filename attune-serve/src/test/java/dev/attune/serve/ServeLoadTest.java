package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of kind 21: load, health, metrics. */
class ServeLoadTest extends ServeTest {
    @Override
    int queueLimit() {
        return 8;
    }

    private CompletableFuture<HttpResponse<String>> send(String body) {
        return client.sendAsync(
                HttpRequest.newBuilder(uri("/v1/completions"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullQueueRefusesAtOnce(boolean stream) {
        engine.step(50);
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(send(text().put("stream", stream).toString()));
        }

        List<HttpResponse<String>> answers =
                asked.stream().map(CompletableFuture::join).toList();

        List<HttpResponse<String>> refused =
                answers.stream().filter(answer -> answer.statusCode() == 429).toList();
        assertThat(refused).hasSizeBetween(1, 92);
        assertThat(answers).allMatch(answer -> answer.statusCode() == 429 || answer.statusCode() == 200);
        for (HttpResponse<String> answer : refused) {
            assertThat(answer.headers().firstValue("retry-after")).contains("1");
            assertThat(object(answer.body()).at("/error/code").stringValue()).isEqualTo("queue_full");
        }
        assertThat(get("/metrics").body())
                .contains("attune_requests_total{route=\"/v1/completions\",status=\"429\"} " + refused.size() + "\n");
    }

    @Test
    void moreAnswersThanTheQueueHasLeaveNothingBehind() {
        engine.step(20);

        refused(429, text("{'n':128}"));

        eventually(() -> engine.status().running() == 0 && engine.status().waiting() == 0);
        assertThat(ask(text()).has("choices")).isTrue();
    }

    @Test
    void healthIsQuickWhileHundredsWait() {
        engine.close();
        stop();
        engine = new ScriptedEngine(600, 600);
        stories = new ScriptedEngine(1, 1);
        server = ModelServer.start(options(), List.of(chatModel(), storyModel()));
        engine.step(200);
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            asked.add(send(text().toString()));
        }
        eventually(() -> engine.status().running() == 512);

        long start = System.nanoTime();
        assertThat(get("/health").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("attune_running{model=\"smollm2\"} 512\n");

        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        asked.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void whileModelsAreLoadedTheServerIsNotHealthy() {
        try (ModelServer loading = ModelServer.open(ServeOptions.DEFAULT.withPort(0))) {
            ModelServer ready = server;
            server = loading;
            assertThat(get("/health").statusCode()).isEqualTo(503);
            assertThat(refused(503, text()).get("code").stringValue()).isEqualTo("loading");
            assertThat(get("/v1/models").statusCode()).isEqualTo(503);
            assertThat(get("/metrics").statusCode()).isEqualTo(200);
            loading.serve(List.of(chatModel()));
            assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(ask(text()).has("choices")).isTrue();
            server = ready;
        }
    }

    @Test
    void metricsCountWhatHappened() {
        ask(text());
        ask(chat());
        refused(404, text("{'model':'nobody'}"));

        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("attune_requests_total{route=\"/v1/completions\",status=\"200\"} 1\n")
                .contains("attune_requests_total{route=\"/v1/completions\",status=\"404\"} 1\n")
                .contains("attune_prompt_tokens_total{model=\"smollm2\"} 32\n")
                .contains("attune_sampled_tokens_total{model=\"smollm2\"} 24\n")
                .contains("attune_cancelled_total{model=\"smollm2\"} 0\n")
                .contains("attune_running{model=\"smollm2\"} 0\n")
                .contains("attune_places{model=\"smollm2\"} 32\n")
                .contains("attune_first_token_seconds_count{model=\"smollm2\"} 2\n")
                .contains("attune_request_seconds_bucket{route=\"/v1/completions\",le=\"+Inf\"} 2\n")
                .contains("# TYPE attune_requests_total counter\n");
        for (String line : answer.body().split("\n")) {
            assertThat(line)
                    .matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [-0-9.E]+");
        }
    }
}
