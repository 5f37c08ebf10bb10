package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Faults of kind 20: clients that leave. */
class ServeLeavingTest extends ServeTest {
    private static final String LONG = "{'max_tokens':4000,'logit_bias':{'17565':100}}";

    @Override
    ServeOptions options() {
        return super.options().withTimeout(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void thePlaceOfAGoneClientIsFree(boolean stream, boolean reset) {
        engine.step(20);
        RawClient client = new RawClient(server.port());
        client.send(
                RawClient.request("/v1/chat/completions", chat(LONG, "{'n':2}").put("stream", stream)));
        eventually(() -> engine.status().running() == 2);

        if (reset) {
            client.reset();
        } else {
            client.close();
        }

        long start = System.nanoTime();
        eventually(() -> engine.status().running() == 0);
        assertThat(System.nanoTime() - start).isLessThan(1_500_000_000L);
        assertThat(engine.cancelled).isEqualTo(2);
        eventually(() -> get("/metrics").body().contains("attune_clients_left_total 1\n"));
    }

    @Test
    void leavingTheQueueTouchesNobodyElse() {
        ScriptedEngine one = engine;
        one.step(30);
        // Fill all 32 places, so that the next ones wait.
        CompletableFuture<JsonNode> running =
                CompletableFuture.supplyAsync(() -> ask(text("{'n':32,'max_tokens':60}")));
        eventually(() -> one.status().running() == 32);
        long before = one.prompts;
        List<RawClient> queued = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            queued.add(new RawClient(server.port()).send(RawClient.request("/v1/completions", text())));
        }
        eventually(() -> one.status().waiting() == 10);

        queued.forEach(RawClient::close);

        eventually(() -> one.status().waiting() == 0);
        assertThat(running.join().at("/usage/completion_tokens").intValue()).isEqualTo(32 * 60);
        assertThat(one.cancelled).isEqualTo(10);
        assertThat(one.prompts).isEqualTo(before);
    }

    @Test
    void aClientThatWaitsIsNotTakenForGone() {
        engine.step(100);

        assertThat(ask(text("{'max_tokens':20}")).at("/usage/completion_tokens").intValue())
                .isEqualTo(20);
    }

    @Test
    void requestsThatTakeTooLongAreCancelled() {
        engine.step(50);

        JsonNode error = refused(504, text(LONG));
        List<String> events = events(text(LONG));

        assertThat(error.get("code").stringValue()).isEqualTo("timeout");
        assertThat(object(events.get(events.size() - 1)).at("/error/code").stringValue())
                .isEqualTo("timeout");
        eventually(() -> engine.status().running() == 0);
        assertThat(get("/metrics").body()).contains("attune_timeouts_total 2\n");
    }
}
