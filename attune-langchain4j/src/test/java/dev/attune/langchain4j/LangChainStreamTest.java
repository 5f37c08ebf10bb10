package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LangChainStreamTest {
    private final StandIn server = new StandIn();
    private final Recorded handler = new Recorded();

    @AfterEach
    void close() {
        server.close();
    }

    private void start(StandIn.Reply... replies) {
        server.replies(replies);
        AttuneStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .timeout(Duration.ofSeconds(2))
                .maxRetries(0)
                .build()
                .chat("a", handler);
    }

    private ChatResponse answer(String events) throws Exception {
        start(StandIn.events(events));
        return handler.await();
    }

    private void fails(String events, Class<? extends Throwable> kind, String message) {
        start(StandIn.events(events));
        assertThatThrownBy(handler::await)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isExactlyInstanceOf(kind)
                .hasMessageContaining(message);
        assertThat(handler.events.stream().filter(event -> event.equals("complete") || event.equals("error")))
                .containsExactly("error");
    }

    private static String call(String fragment) {
        return StandIn.chunk("{\"tool_calls\":[" + fragment + "]}", null);
    }

    @Test
    void partsJoinedAreTheText() throws Exception {
        ChatResponse answer = answer(StandIn.chunk("{\"role\":\"assistant\",\"content\":\"\"}", null)
                + StandIn.chunk("{\"reasoning_content\":\"hm\"}", null)
                + StandIn.text(" beta")
                + StandIn.text(" ")
                + StandIn.text("\n\nb🙂")
                + StandIn.end("stop"));
        assertThat(handler.texts).containsExactly(" beta", " ", "\n\nb🙂");
        assertThat(answer.aiMessage().text()).isEqualTo(" beta \n\nb🙂");
        assertThat(answer.aiMessage().thinking()).isEqualTo("hm");
        assertThat(handler.events).containsExactly("thinking hm", "text  beta", "text  ", "text \n\nb🙂", "complete");
        assertThat(answer.id()).isEqualTo("c1");
        assertThat(answer.modelName()).isEqualTo("m");
        assertThat(answer.tokenUsage()).isEqualTo(new TokenUsage(7, 3, 10));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(server.body())
                .isEqualTo(JsonMapper.shared()
                        .readTree(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stream\":true,"
                                        + "\"stream_options\":{\"include_usage\":true}}"));
    }

    @Test
    void commentsOtherFieldsAndOtherLineEndsAreRead() throws Exception {
        String events = ": keep-alive\r\n\r\n:\n\nevent: message\nid: 7\nretry: 10\n"
                + StandIn.text("a").replace("data: ", "data:").replace("\n", "\r\n")
                + "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"b\"}}]}\n\n"
                + ": keep-alive\n\n"
                + StandIn.end("length").replace("[DONE]\n\n", "[DONE]");
        ChatResponse answer = answer(events);
        assertThat(answer.aiMessage().text()).isEqualTo("ab");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void onlyOneSpaceAfterTheColonBelongsToTheFormat() throws Exception {
        start(StandIn.events("data:  [DONE]\n\n" + StandIn.text("a") + StandIn.end("stop")));
        assertThatThrownBy(handler::await).cause().hasMessageContaining("not JSON");
    }

    @Test
    void callsArePutTogether() throws Exception {
        ChatResponse answer = answer(call("{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}")
                + call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\"}}")
                + call("{\"index\":0,\"function\":{\"arguments\":\" \"}}")
                + call("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}")
                + call("{\"index\":1,\"id\":\"y\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}")
                + StandIn.end("tool_calls"));
        assertThat(handler.events)
                .containsExactly(
                        "part 0 x f {\"a\":",
                        "part 0 x f  1}",
                        "call 0 x {\"a\": 1}",
                        "part 1 y g {}",
                        "call 1 y {}",
                        "complete");
        assertThat(answer.aiMessage().text()).isNull();
        assertThat(answer.aiMessage().toolExecutionRequests()).hasSize(2);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    void callsThatAllHaveIndexZeroAreToldApartByTheirIds() throws Exception {
        ChatResponse answer =
                answer(call("{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                        + call("{\"index\":0,\"id\":\"y\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
                        + call("{\"id\":\"y\",\"function\":{\"arguments\":\"\\n\"}}")
                        + StandIn.end("stop"));
        assertThat(handler.events)
                .containsExactly("part 0 x f {}", "call 0 x {}", "part 1 y f {}", "call 1 y {}", "complete");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @Test
    void aStreamThatIsCutIsAnError() {
        fails(StandIn.text("a"), RetriableException.class, "the stream ended before it was complete");
        assertThat(handler.texts).containsExactly("a");
    }

    @Test
    void aStreamThatIsCutInsideAnEventIsAnError() {
        fails("data: {\"choices\":[{\"del", LangChain4jException.class, "not JSON");
    }

    @Test
    void anEndWithoutItsMarkIsAnError() {
        fails(StandIn.end("stop").replace("data: [DONE]\n\n", ""), RetriableException.class, "the stream ended");
    }

    @Test
    void anErrorInAStreamHasTheKindThatItsTypeSays() {
        String error = StandIn.errorBody("rate_limit_error", "", "", "full");
        fails(StandIn.text("a") + "data: " + error + "\n\n", RateLimitException.class, "full");
    }

    @Test
    void anErrorInAStreamIsAFailureOfTheServerIfNothingElseIsSaid() {
        fails(
                "data: {\"error\":{\"message\":\"broken\",\"type\":\"server_error\"}}\n\n",
                InternalServerException.class,
                "broken");
    }

    @Test
    void aTimeOutInAStreamIsNamed() {
        String error = StandIn.errorBody("server_error", "", "timeout", "too slow");
        fails("data: " + error + "\n\n", TimeoutException.class, "too slow");
    }

    @Test
    void aRefusedStreamIsAnError() {
        start(StandIn.error(404, "invalid_request_error", "model", "model_not_found", "no such model"));
        assertThatThrownBy(handler::await)
                .cause()
                .isExactlyInstanceOf(ModelNotFoundException.class)
                .hasMessage("no such model");
    }

    @Test
    void aServerThatFallsSilentIsAnError() {
        CountDownLatch ended = new CountDownLatch(1);
        start((exchange, body) -> {
            OutputStream out = StandIn.begin(exchange);
            out.write(StandIn.text("a").getBytes(StandardCharsets.UTF_8));
            out.flush();
            await(ended);
        });
        assertThatThrownBy(handler::await)
                .cause()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessageContaining("no answer within 2.0 s");
        ended.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void cancellingClosesTheConnectionAndEndsTheCalls() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        start((exchange, body) -> {
            try (OutputStream out = StandIn.begin(exchange)) {
                for (int i = 0; i < 2000; i++) {
                    out.write(StandIn.text("a" + i).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(5);
                }
            } catch (IOException e) {
                left.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        handler.handle.get(10, TimeUnit.SECONDS).cancel();
        int told = handler.events.size();
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(100);
        assertThat(handler.events.size()).isLessThanOrEqualTo(told + 1);
        assertThat(handler.events).doesNotContain("complete", "error");
        assertThat(handler.handle.get().isCancelled()).isTrue();
    }

    @Test
    void whatAHandlerThrowsGoesToItsOnErrorAndTheStreamGoesOn() throws Exception {
        server.replies(StandIn.events(StandIn.text("a") + StandIn.text("b") + StandIn.end("stop")));
        Recorded failing = new Recorded() {
            @Override
            public void onError(Throwable error) {
                events.add("error " + error.getMessage());
            }

            @Override
            public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                throw new IllegalStateException("bad " + part.text());
            }
        };
        AttuneStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .build()
                .chat("a", failing);
        assertThat(failing.await().aiMessage().text()).isEqualTo("ab");
        assertThat(failing.events).containsExactly("error bad a", "error bad b", "complete");
    }

    @Test
    void aCompleteStreamLeavesItsConnectionToTheNextRequest() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        server.replies((exchange, body) -> {
            ports.add(exchange.getRemoteAddress().getPort());
            StandIn.begin(exchange).write((StandIn.text("a") + StandIn.end("stop")).getBytes(StandardCharsets.UTF_8));
        });
        AttuneStreamingChatModel model = AttuneStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .build();
        for (int i = 0; i < 3; i++) {
            Recorded each = new Recorded();
            model.chat("a", each);
            each.await();
            Thread.sleep(200);
        }
        assertThat(ports).hasSize(3).containsOnly(ports.get(0));
    }
}
