package dev.attune.feedback.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests against a local server that responds correctly, wrongly, late or not at all. */
class EndpointTextModelTest {
    private static final SamplingOptions OPTIONS = SamplingOptions.sampling(20, 0.5);
    private static final Prompt HELLO = Prompt.text("Hello?");

    private final StandInServer server = new StandInServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private EndpointSettings settings() {
        return EndpointSettings.of(server.address(), "small", null).withRetries(2, Duration.ofMillis(5));
    }

    private static String choice(String text, String rest) {
        return "{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"" + text + "\"}" + rest + "}";
    }

    private static String answer(String... choices) {
        return "{\"id\": \"x\", \"object\": \"chat.completion\", \"choices\": [" + String.join(",", choices)
                + "], \"usage\": {\"prompt_tokens\": 5, \"completion_tokens\": 3}}";
    }

    private static final String STOPPED = ", \"finish_reason\": \"stop\"";

    private static String fine(String text) {
        return answer(choice(text, STOPPED));
    }

    private List<TextCompletion> complete(EndpointSettings settings, Prompt... prompts) {
        try (EndpointTextModel model = new EndpointTextModel(settings, name -> null)) {
            return model.complete(List.of(prompts), OPTIONS, 7);
        }
    }

    private TextCompletion hello() {
        return complete(settings(), HELLO).get(0);
    }

    @Test
    void aConversationIsAskedAndAnswered() {
        server.then(200, fine("Hi!"));
        Prompt chat = Prompt.chat(new Message("system", "Be \"kind\"."), Message.user("Hello?\n漢字"));
        TextCompletion completion = complete(settings(), chat).get(0);
        assertThat(completion.text()).isEqualTo("Hi!");
        assertThat(completion.tokens()).isEqualTo(3);
        assertThat(completion.stop()).isEqualTo(StopReason.END_TOKEN);
        assertThat(completion.logProbability()).as("the server gave none").isNaN();
        StandInServer.Request request = server.requests().get(0);
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.authorization()).as("no key").isEqualTo("null");
        JsonNode body = request.body();
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder("model", "messages", "n", "seed", "max_tokens", "temperature");
        assertThat(body.get("model").stringValue()).isEqualTo("small");
        assertThat(body.get("max_tokens").intValue()).isEqualTo(20);
        assertThat(body.get("temperature").doubleValue()).isEqualTo(0.5);
        assertThat(body.get("seed").longValue()).isEqualTo(7);
        assertThat(body.get("messages").get(1).get("content").stringValue()).isEqualTo("Hello?\n漢字");
    }

    @Test
    void settingsThatAreOnAreSent() {
        server.then(200, fine("a"));
        SamplingOptions all = new SamplingOptions(5, 1, 40, 0.9, 0.1, 1.2, List.of("\n"));
        try (EndpointTextModel model = new EndpointTextModel(settings().withLogProbabilities(), name -> null)) {
            model.complete(List.of(HELLO), all, 1);
        }
        JsonNode body = server.requests().get(0).body();
        assertThat(body.get("top_k").intValue()).isEqualTo(40);
        assertThat(body.get("top_p").doubleValue()).isEqualTo(0.9);
        assertThat(body.get("min_p").doubleValue()).isEqualTo(0.1);
        assertThat(body.get("repetition_penalty").doubleValue()).isEqualTo(1.2);
        assertThat(body.get("stop").get(0).stringValue()).isEqualTo("\n");
        assertThat(body.get("logprobs").booleanValue()).isTrue();
    }

    @Test
    void onePromptSeveralTimesIsOneRequest() {
        server.then(200, answer(choice("a", STOPPED), choice("b", STOPPED)))
                .then(200, fine("c"))
                .then(200, fine("d"));
        List<TextCompletion> completions = complete(settings(), HELLO, HELLO, HELLO, Prompt.text("Other?"));
        assertThat(completions).extracting(TextCompletion::text).containsExactly("a", "b", "c", "d");
        assertThat(server.requests())
                .as("two of three came: the third is asked for again, with another seed")
                .extracting(request -> request.body().get("n").intValue() + "/"
                        + request.body().get("seed").intValue())
                .containsExactly("3/7", "1/9", "1/10");
    }

    @Test
    void logProbabilitiesAndReasonsToStopAreRead() {
        String tokens = ", \"logprobs\": {\"content\": [{\"token\": \"a\", \"logprob\": -0.5},"
                + " {\"token\": \"b\", \"logprob\": -1.25}]}";
        server.then(200, answer(choice("ab", tokens + ", \"finish_reason\": \"length\"")))
                .then(200, answer(choice("c", STOPPED + ", \"stop_reason\": \"###\"")));
        TextCompletion cut = hello();
        assertThat(cut.logProbability()).isEqualTo(-1.75);
        assertThat(cut.tokens()).isEqualTo(2);
        assertThat(cut.stop()).isEqualTo(StopReason.LENGTH);
        assertThat(hello().stop()).isEqualTo(StopReason.STOP_STRING);
    }

    @Test
    void theKeyComesFromTheEnvironmentAndIsNamedNowhere() {
        EndpointSettings settings = EndpointSettings.of(server.address() + "/v1/", "small", "SMALL_API_KEY")
                .withRetries(0, Duration.ZERO);
        server.then(401, "{\"error\": {\"message\": \"Incorrect key\"}}").then(200, fine("a"));
        Map<String, String> environment = Map.of("SMALL_API_KEY", "s3cret\n");
        try (EndpointTextModel model = new EndpointTextModel(settings, environment::get)) {
            assertThatThrownBy(() -> model.complete(List.of(HELLO), OPTIONS, 7))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("answer 401: Incorrect key")
                    .hasMessageNotContaining("s3cret");
            model.complete(List.of(HELLO), OPTIONS, 7);
        }
        assertThat(server.requests())
                .extracting(StandInServer.Request::authorization)
                .containsOnly("Bearer s3cret");
        assertThatThrownBy(() -> complete(settings, HELLO)).hasMessageContaining("environment variable SMALL_API_KEY");
        for (String name : List.of("HOME", "AWS_SECRET_ACCESS_KEY", "small_api_key", "X_API_KEY\n")) {
            assertThatThrownBy(() -> EndpointSettings.of("http://a", "m", name))
                    .as(name)
                    .hasMessageContaining("_API_KEY");
        }
    }

    @Test
    void aBusyServerIsAskedAgain() {
        server.then(exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    StandInServer.send(exchange, 429, "slow down");
                })
                .then(500, "oops")
                .then(200, fine("at last"));
        Instant before = Instant.now();
        assertThat(hello().text()).isEqualTo("at last");
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatStaysBusyIsGivenUp() {
        for (int i = 0; i < 3; i++) {
            server.then(503, "{\"error\": \"loading\\n the model\"}");
        }
        assertThatThrownBy(this::hello)
                .isInstanceOf(RunFailedException.class)
                .hasMessageEndingWith("/v1/chat/completions: answer 503 after 3 tries: loading the model");
        server.then(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            StandInServer.send(exchange, 429, "");
        });
        assertThatThrownBy(this::hello).hasMessageContaining("a retry in 3600 seconds");
    }

    @Test
    void aRefusalAndARedirectAreNotRepeated() {
        server.then(404, "{\"object\": \"error\", \"message\": \"no model 'small'\"}");
        assertThatThrownBy(this::hello)
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("answer 404: no model 'small'");
        server.then(exchange -> {
            exchange.getResponseHeaders().set("Location", server.address() + "/elsewhere");
            StandInServer.send(exchange, 307, "");
        });
        assertThatThrownBy(this::hello).hasMessageContaining("answer 307");
        assertThat(server.requests()).extracting(StandInServer.Request::path).containsOnly("/v1/chat/completions");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void answersThatAreNoCompletionsAreNamed() {
        for (String body : List.of(
                "",
                "<html>",
                "[]",
                "{}",
                "{\"choices\": []}",
                "{\"choices\": [{}]}",
                "{\"choices\": [{\"message\": {\"content\": null}, \"finish_reason\": \"stop\"}]}",
                answer(choice("a", "")),
                answer(choice("a", ", \"finish_reason\": \"tool_calls\"")),
                answer(choice("a", STOPPED + ", \"logprobs\": {\"content\": [{}]}")),
                String.join("", Collections.nCopies(5000, "[")))) {
            server.then(200, body);
            assertThatThrownBy(this::hello)
                    .as(body)
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("the response is not a chat completion: ")
                    .satisfies(wrong -> assertThat(wrong.getMessage()).hasLineCount(1));
        }
        server.then(200, answer(choice("", ", \"finish_reason\": \"content_filter\"")));
        assertThatThrownBy(this::hello).hasMessageContaining("withheld");
    }

    @Test
    void slowAnswersEndInTime() {
        server.then(exchange -> sleepThenSend(0, exchange)).then(exchange -> sleepThenSend(10, exchange));
        Instant before = Instant.now();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> complete(settings().withTimeout(Duration.ofSeconds(1)), HELLO))
                    .isInstanceOf(RunFailedException.class)
                    .hasMessageContaining("no answer within 1 seconds");
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }

    /** Delays its response, or sends only a first part. */
    private static void sleepThenSend(int first, com.sun.net.httpserver.HttpExchange exchange)
            throws java.io.IOException {
        if (first > 0) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[first]);
            exchange.getResponseBody().flush();
        }
        try {
            Thread.sleep(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        StandInServer.Answer closing = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            throw new java.io.IOException("hung up");
        };
        server.then(closing).then(200, fine("again"));
        assertThat(hello().text()).isEqualTo("again");
        server.then(closing).then(closing).then(closing);
        assertThatThrownBy(this::hello).isInstanceOf(RunFailedException.class);
        assertThatThrownBy(() -> complete(
                        EndpointSettings.of("http://127.0.0.1:1", "m", null).withRetries(1, Duration.ZERO), HELLO))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("http://127.0.0.1:1/v1/chat/completions");
    }

    @Test
    void enormousAnswersAreCutOff() {
        server.then(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[1_000_000];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(part);
            }
        });
        assertThatThrownBy(this::hello)
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("more than 16000000 bytes");
    }

    @Test
    void addressesAreServers() {
        for (String wrong : List.of(
                "", "example.org", "file:///etc/passwd", "http://u:p@host", "http://host/v1?key=1", "http:// ")) {
            assertThatThrownBy(() -> EndpointSettings.of(wrong, "m", null))
                    .as(wrong)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("an invalid address");
        }
        assertThat(EndpointSettings.of("https://host/api/v2/", "m", null).completions())
                .hasToString("https://host/api/v2/chat/completions");
    }

    @Test
    void aTimeToAskAgainMayBeADate() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RetryAfter.parse("7", now)).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse("Thu, 01 Jan 2026 00:00:30 GMT", now)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Wed, 31 Dec 2025 00:00:00 GMT", now)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon", now)).isEmpty();
    }

    @Test
    void usageAndCostAreCounted() {
        server.then(500, "oops").then(200, fine("a")).then(200, "{\"choices\": [" + choice("b", STOPPED) + "]}");
        try (EndpointTextModel model =
                new EndpointTextModel(settings().withPrices(new Prices(1_000_000, 2_000_000)), name -> null)) {
            model.complete(List.of(HELLO), OPTIONS, 7);
            assertThat(model.usage()).isEqualTo(new Usage(2, 1, 0, 5, 3));
            assertThat(model.cost()).isEqualTo(11);
            model.complete(List.of(HELLO), OPTIONS, 7);
            assertThat(model.usage()).as("no usage in the response").isEqualTo(new Usage(3, 2, 1, 5, 3));
        }
        assertThatThrownBy(() -> new Prices(-1, 0)).hasMessageContaining("-1");
    }

    @Test
    void requestsKeepTheRateLimit() {
        server.then(200, fine("a")).then(500, "oops").then(200, fine("b")).then(200, fine("c"));
        Instant before = Instant.now();
        complete(settings().withRequestsPerMinute(600), HELLO, Prompt.text("2"), Prompt.text("3"));
        assertThat(Duration.between(before, Instant.now()))
                .as("four requests, 0.1 s apart")
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThatThrownBy(() -> settings().withRequestsPerMinute(-1)).hasMessageContaining("requests per minute");
    }

    @Test
    void theMostProbableTokensAreRead() {
        String tokens = ", \"logprobs\": {\"content\": [{\"token\": \"A\", \"logprob\": -0.5, \"top_logprobs\": ["
                + "{\"token\": \"A\", \"logprob\": -0.5}, {\"token\": \" B\", \"logprob\": -1.5}]}]}";
        server.then(200, answer(choice("A", tokens + STOPPED))).then(200, fine("B"));
        try (EndpointTextModel model = new EndpointTextModel(settings(), name -> null)) {
            TokenChoices choices = model.completeWithChoices(HELLO, OPTIONS, 7);
            assertThat(choices.completion().text()).isEqualTo("A");
            assertThat(choices.positions())
                    .containsExactly(new TokenChoices.Position(
                            "A", List.of(new TokenChoices.Choice("A", -0.5), new TokenChoices.Choice(" B", -1.5))));
            assertThat(model.completeWithChoices(HELLO, OPTIONS, 7).positions()).isEmpty();
        }
        JsonNode body = server.requests().get(0).body();
        assertThat(body.get("logprobs").booleanValue()).isTrue();
        assertThat(body.get("top_logprobs").intValue()).isEqualTo(20);
    }
}
