package dev.attune.langchain4j.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parts of an answer, collected from the whole answer or from the chunks of a stream. */
final class AnswerParts {
    final StringBuilder text = new StringBuilder();
    final StringBuilder thinking = new StringBuilder();
    final List<ToolExecutionRequest> calls = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String finish;
    private TokenUsage usage = new TokenUsage();

    /** Reads what an answer and a chunk have in common. */
    void head(JsonNode json) {
        id = id == null ? string(json, "id") : id;
        model = model == null ? string(json, "model") : model;
        JsonNode numbers = json.path("usage");
        if (numbers.isObject()) {
            usage = new TokenUsage(
                    integer(numbers, "prompt_tokens"),
                    integer(numbers, "completion_tokens"),
                    integer(numbers, "total_tokens"));
        }
    }

    /** Reads why a choice ended, if it did. */
    void finish(JsonNode choice) {
        String reason = string(choice, "finish_reason");
        finish = reason == null ? finish : reason;
    }

    ChatResponse response() {
        boolean silent = text.isEmpty() && !calls.isEmpty();
        AiMessage message = AiMessage.builder()
                .text(silent ? null : text.toString())
                .thinking(thinking.isEmpty() ? null : thinking.toString())
                .toolExecutionRequests(List.copyOf(calls))
                .build();
        return ChatResponse.builder()
                .aiMessage(message)
                .id(id)
                .modelName(model)
                .tokenUsage(usage)
                .finishReason(reason())
                .build();
    }

    /** Some servers say that a message with calls stopped. */
    private FinishReason reason() {
        return switch (finish == null ? "" : finish) {
            case "stop" -> calls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
            case "length" -> FinishReason.LENGTH;
            case "tool_calls", "function_call" -> FinishReason.TOOL_EXECUTION;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    /** A call; arguments that are missing are an empty object. */
    static ToolExecutionRequest call(@Nullable String id, String name, String arguments) {
        String value = arguments.stripTrailing();
        return ToolExecutionRequest.builder()
                .id(id)
                .name(name)
                .arguments(value.isEmpty() ? "{}" : value)
                .build();
    }

    static @Nullable String string(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    static @Nullable Integer integer(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() ? (Integer) value.intValue() : null;
    }
}
