package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LangChainAnswerTest {
    private final StandIn server = new StandIn();

    @AfterEach
    void close() {
        server.close();
    }

    private ChatResponse answer(String body) {
        server.replies(StandIn.json(200, body));
        return AttuneChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("m")
                .build()
                .chat(UserMessage.from("a"));
    }

    private static String body(String message, String finish) {
        return "{\"id\":\"a1\",\"model\":\"served\",\"choices\":[{\"index\":0,\"message\":" + message
                + ",\"finish_reason\":\"" + finish
                + "\"}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}";
    }

    @Test
    void textUsageIdAndModelAreRead() {
        ChatResponse answer =
                answer(body("{\"role\":\"assistant\",\"content\":\" b\\n\",\"reasoning_content\":\"hm\"}", "stop"));
        assertThat(answer.aiMessage().text()).isEqualTo(" b\n");
        assertThat(answer.aiMessage().thinking()).isEqualTo("hm");
        assertThat(answer.id()).isEqualTo("a1");
        assertThat(answer.modelName()).isEqualTo("served");
        assertThat(answer.tokenUsage()).isEqualTo(new TokenUsage(3, 4, 7));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void callsAreRead() {
        ChatResponse answer = answer(body(
                "{\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"a\\\": 1}\"}},{\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]}",
                "stop"));
        assertThat(answer.aiMessage().text()).isNull();
        assertThat(answer.aiMessage().toolExecutionRequests())
                .containsExactly(
                        ToolExecutionRequest.builder()
                                .id("c1")
                                .name("f")
                                .arguments("{\"a\": 1}")
                                .build(),
                        ToolExecutionRequest.builder().name("g").arguments("{}").build());
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }

    @ParameterizedTest
    @CsvSource({
        "stop, STOP",
        "length, LENGTH",
        "tool_calls, TOOL_EXECUTION",
        "content_filter, CONTENT_FILTER",
        "something, OTHER"
    })
    void endsAreNamed(String sent, FinishReason reason) {
        assertThat(answer(body("{\"content\":\"\"}", sent)).finishReason()).isEqualTo(reason);
    }

    @Test
    void anAnswerWithoutTextIsAnEmptyOne() {
        assertThat(answer(body("{\"content\":\"\"}", "stop")).aiMessage().text())
                .isEmpty();
        assertThat(answer(body("{\"content\":null}", "stop")).aiMessage().text())
                .isEmpty();
    }

    @Test
    void answersThatAreNoneAreErrors() {
        assertThatThrownBy(() -> answer("{}"))
                .isExactlyInstanceOf(LangChain4jException.class)
                .hasMessage("the server's answer has no message");
        assertThatThrownBy(() -> answer("<html>"))
                .isExactlyInstanceOf(LangChain4jException.class)
                .hasMessageContaining("/v1/chat/completions: the answer is not JSON");
        assertThatThrownBy(() -> answer("{\"error\":{\"message\":\"broken\"}}"))
                .isExactlyInstanceOf(InternalServerException.class)
                .hasMessage("broken");
    }
}
