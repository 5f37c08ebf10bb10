package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LangChainErrorsTest {
    private static final String ANSWER = "{\"choices\":[{\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}";

    private final StandIn server = new StandIn();

    @AfterEach
    void close() {
        server.close();
    }

    private AttuneChatModel.Builder builder() {
        return AttuneChatModel.builder().baseUrl(server.baseUrl()).modelName("m");
    }

    private static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(400, InvalidRequestException.class),
                Arguments.of(401, AuthenticationException.class),
                Arguments.of(403, AuthenticationException.class),
                Arguments.of(404, ModelNotFoundException.class),
                Arguments.of(408, TimeoutException.class),
                Arguments.of(413, InvalidRequestException.class),
                Arguments.of(429, RateLimitException.class),
                Arguments.of(500, InternalServerException.class),
                Arguments.of(503, InternalServerException.class),
                Arguments.of(504, TimeoutException.class));
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void statusesAreLangChain4jsExceptions(int status, Class<? extends Throwable> kind) {
        server.replies(StandIn.error(status, "some_error", "", "", "the reason"));
        assertThatThrownBy(() -> builder().maxRetries(0).build().chat("a"))
                .isExactlyInstanceOf(kind)
                .hasMessage("the reason")
                .cause()
                .isInstanceOfSatisfying(HttpException.class, cause -> assertThat(cause.statusCode())
                        .isEqualTo(status));
    }

    @Test
    void fieldsThatAreNotServedAreUnsupportedFeatures() {
        server.replies(StandIn.error(
                400,
                "invalid_request_error",
                "response_format",
                "unsupported_parameter",
                "answers cannot be constrained"));
        assertThatThrownBy(() -> builder().build().chat("a"))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("JSON response format is not supported: answers cannot be constrained");
        server.replies(StandIn.error(400, "invalid_request_error", "top_k", "unsupported_parameter", "no top_k here"));
        assertThatThrownBy(() -> builder().build().chat("a"))
                .isExactlyInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("not supported: no top_k here");
    }

    @Test
    void answersOfProxiesAreShown() {
        server.replies(StandIn.json(502, "<h1>Bad Gateway</h1>"));
        assertThatThrownBy(() -> builder().build().chat("a"))
                .isExactlyInstanceOf(InternalServerException.class)
                .hasMessage("status 502: <h1>Bad Gateway</h1>");
    }

    @Test
    void aBusyServerIsAskedAgainAfterTheTimeItNames() {
        server.replies(
                StandIn.error(429, "rate_limit_error", "", "queue_full", "full", "Retry-After", "1"),
                StandIn.error(503, "server_error", "", "loading", "loading", "Retry-After", "0"),
                StandIn.json(200, ANSWER));
        long start = System.nanoTime();
        assertThat(builder().build().chat("a")).isEqualTo("b");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void aStreamIsAskedForAgainToo() throws Exception {
        server.replies(
                StandIn.error(429, "rate_limit_error", "", "queue_full", "full", "Retry-After", "0"),
                StandIn.events(StandIn.text("b") + StandIn.end("stop")));
        Recorded handler = new Recorded();
        AttuneStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .build()
                .chat("a", handler);
        assertThat(handler.await().aiMessage().text()).isEqualTo("b");
        assertThat(handler.events).containsExactly("text b", "complete");
    }

    @Test
    void repeatsAreBounded() {
        server.replies(StandIn.error(429, "rate_limit_error", "", "queue_full", "full", "Retry-After", "0"));
        assertThatThrownBy(() -> builder().maxRetries(2).build().chat("a"))
                .isExactlyInstanceOf(RateLimitException.class);
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void aServerThatAsksForMoreTimeThanAllowedIsNotAskedAgain() {
        server.replies(StandIn.error(429, "rate_limit_error", "", "queue_full", "full", "Retry-After", "60"));
        assertThatThrownBy(() ->
                        builder().maxRetryWait(Duration.ofSeconds(5)).build().chat("a"))
                .isExactlyInstanceOf(RateLimitException.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void otherErrorsAreNotRepeated() {
        server.replies(StandIn.error(500, "server_error", "", "", "broken"));
        assertThatThrownBy(() -> builder().build().chat("a")).isExactlyInstanceOf(InternalServerException.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void aSlowServerIsATimeOut() {
        server.replies((exchange, body) -> {
            try {
                Thread.sleep(1500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatThrownBy(
                        () -> builder().timeout(Duration.ofMillis(300)).build().chat("a"))
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessageContaining("no answer within 0.3 s");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        String gone = server.baseUrl();
        server.close();
        assertThatThrownBy(() -> builder().build().chat("a"))
                .isExactlyInstanceOf(RetriableException.class)
                .hasMessage(gone + "/chat/completions: cannot connect; start the server, or change the base URL");
        assertThatThrownBy(() -> AttuneChatModel.builder()
                        .baseUrl("http://no-such-host.invalid:8000")
                        .modelName("m")
                        .build()
                        .chat("a"))
                .isExactlyInstanceOf(UnresolvedModelServerException.class)
                .hasMessageContaining("http://no-such-host.invalid:8000/v1/chat/completions: no such host");
    }

    @Test
    void buildersSayWhatIsMissing() {
        assertThatThrownBy(() -> AttuneChatModel.builder().modelName("m").build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("found 0 of baseUrl, server and model, expected one; give one of them");
        assertThatThrownBy(() ->
                        AttuneChatModel.builder().baseUrl(server.baseUrl()).build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("modelName: found none");
        assertThatThrownBy(() -> builder().baseUrl("localhost:8000").build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl: found 'localhost:8000'");
    }
}
