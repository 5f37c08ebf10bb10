package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Connections on which nothing moves, and the end of the server. */
class ServeIdleTest extends ServeTest {
    @Override
    ServeOptions options() {
        return super.options().withIdle(Duration.ofMillis(700));
    }

    @Test
    void anAnswerMayTakeLongerThanAnIdleConnection() {
        engine.step(800);

        assertThat(ask(text("{'max_tokens':3}")).at("/usage/completion_tokens").intValue())
                .isEqualTo(3);
        assertThat(chunks(text("{'max_tokens':3}"))).hasSize(3);
    }

    @Test
    void aReaderThatStopsIsLetGo() {
        engine.script((request, at) -> 300 + at % 1000).step(1);
        RawClient client = new RawClient(server.port());
        client.send(RawClient.request(
                "/v1/chat/completions", chat("{'stream':true,'max_tokens':8000,'logprobs':true,'top_logprobs':20}")));

        eventually(() -> get("/metrics").body().contains("attune_clients_left_total 1\n"));
        client.close();
    }

    @Test
    void closingEndsRunningRequests() throws Exception {
        engine.step(100);
        CompletableFuture<JsonNode> asked =
                CompletableFuture.supplyAsync(() -> refused(503, text("{'max_tokens':4000}")));
        eventually(() -> engine.status().running() == 1);

        long start = System.nanoTime();
        server.close();

        assertThat(System.nanoTime() - start).isLessThan(3_000_000_000L);
        assertThat(asked.get(5, TimeUnit.SECONDS).get("code").stringValue()).isEqualTo("closing");
        eventually(() -> engine.status().running() == 0);
    }
}
