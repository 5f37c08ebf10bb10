package dev.attune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults of kind 19: HTTP itself. */
class ServeHttpTest extends ServeTest {
    private static final String BETAS = "{'stream':true,'max_tokens':2000,'logit_bias':{'17565':100}}";

    @Override
    ServeOptions options() {
        return super.options().withKeepAlive(Duration.ofMillis(300)).withMaxBodyBytes(8_000_000);
    }

    @Test
    void anUpgradeToHttp2IsAnsweredAsHttp1() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(uri("/v1/completions").toString()))
                .version(HttpClient.Version.HTTP_2)
                .POST(HttpRequest.BodyPublishers.ofString(text().toString()))
                .build();

        HttpResponse<String> answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void millionsOfLettersGetAnErrorInJson() {
        ObjectNode body = chat();
        ((ObjectNode) body.at("/messages/0")).put("content", "a".repeat(4_000_000));

        JsonNode error = refused(400, body);

        assertThat(error.get("code").stringValue()).isEqualTo("context_length_exceeded");
        assertThat(error.get("message").stringValue()).contains("8192").contains("4000000");
        body.remove("messages");
        body.put("prompt", "a".repeat(4_000_000));
        assertThat(refused(400, body).get("code").stringValue()).isEqualTo("context_length_exceeded");
    }

    @Test
    void largerBodiesAreReadToTheirEndAndRefused() {
        ObjectNode body = text("{'max_tokens':1}").put("prompt", "a".repeat(9_000_000));

        assertThat(refused(413, body).get("code").stringValue()).isEqualTo("body_too_large");
        assertThat(ask(text()).has("choices")).isTrue();
    }

    @Test
    void aMegabyteOfJsonIsRead() {
        ObjectNode body = text("{'max_tokens':1,'metadata':null}");
        ArrayNode prompts = body.putArray("prompt");
        for (int i = 0; i < 60; i++) {
            ArrayNode ids = prompts.addArray();
            for (int j = 0; j < 4000; j++) {
                ids.add(20_000 + (i * 31 + j) % 20_000);
            }
        }
        assertThat(body.toString().length()).isGreaterThan(1_000_000);

        assertThat(ask(body).at("/usage/prompt_tokens").intValue()).isEqualTo(240_000);
    }

    @Test
    void tenThousandMessagesAreAnswered() {
        ObjectNode body = chat("{'max_tokens':1}");
        ArrayNode messages = body.putArray("messages");
        for (int i = 0; i < 10_000; i++) {
            messages.addObject().put("role", i % 2 == 0 ? "user" : "assistant").put("content", "<|im_end|> a < b");
        }

        assertThat(refused(400, body).get("code").stringValue()).isEqualTo("context_length_exceeded");
    }

    @Test
    void silenceIsFilledWithComments() {
        engine.step(1000);

        try (RawClient client = new RawClient(server.port())) {
            long start = System.nanoTime();
            client.send(RawClient.request("/v1/chat/completions", chat("{'stream':true,'max_tokens':2}")));
            assertThat(client.line()).contains("200");
            assertThat(System.nanoTime() - start).isLessThan(900_000_000L);
            assertThat(client.lineWith("keep-alive")).isEqualTo(": keep-alive");
            assertThat(client.lineWith("[DONE]")).isEqualTo("data: [DONE]");
        }
    }

    @Test
    void headersOfStreamsKeepProxiesFromGathering() {
        HttpResponse<String> answer =
                post("/v1/completions", text("{'stream':true}").toString());

        assertThat(answer.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-cache");
    }

    @Test
    void slowReadersHoldUpNobody() {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RawClient client = new RawClient(server.port());
            client.send(RawClient.request("/v1/chat/completions", chat(BETAS, "{'logprobs':true,'top_logprobs':5}")));
            assertThat(client.line()).contains("200");
            slow.add(client);
        }

        assertThat(ask(chat()).at("/usage/completion_tokens").intValue()).isEqualTo(16);
        eventually(() -> engine.status().running() == 0);
        assertThat(engine.finished).isEqualTo(9);
        slow.forEach(RawClient::close);
    }

    @Test
    void aSlowReaderGetsTheWholeText() {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.request("/v1/chat/completions", chat(BETAS)));
            eventually(() -> engine.finished == 1);
            StringBuilder text = new StringBuilder();
            String line = client.lineWith("data: ");
            while (!line.equals("data: [DONE]")) {
                JsonNode event = JsonMapper.shared().readTree(line.substring("data: ".length()));
                text.append(event.at("/choices/0/delta/content").asString(""));
                line = client.lineWith("data: ");
            }
            assertThat(text.toString()).isEqualTo("beta".repeat(2000));
        }
    }

    @Test
    void severalRequestsAtOnceOnOneConnectionAreAnsweredInOrder() {
        engine.step(20);
        try (RawClient client = new RawClient(server.port())) {
            String first = RawClient.request("/v1/completions", text("{'max_tokens':30}"));
            String second = RawClient.request("/v1/completions", text("{'max_tokens':3}"));
            client.send(first);
            eventually(() -> engine.status().running() == 1);
            client.send(second + second);
            for (int tokens : new int[] {30, 3, 3}) {
                assertThat(client.lineWith("HTTP/1.1")).contains("200");
                client.endOfHeaders();
                assertThat(client.readJson()).contains("\"completion_tokens\":" + tokens);
            }
        }
    }

    @Test
    void malformedHttpIsAnErrorInJson() {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /v1/models%zz HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.line()).contains("400");
            assertThat(client.lineWith("{")).contains("\"error\":{\"message\"");
        }
    }

    @Test
    void encodedBodiesAreRefusedByName() {
        HttpResponse<String> answer = post("/v1/completions", text().toString(), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(415);
    }
}
