package dev.attune.langchain4j.chat;

import dev.attune.langchain4j.http.ApiClient;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Reads an answer that is not a stream. */
public final class WholeAnswer {
    private WholeAnswer() {}

    /** @throws LangChain4jException if the answer has no message */
    public static ChatResponse read(JsonNode json) {
        if (json.path("error").isObject()) {
            throw ApiClient.error(json.path("error"));
        }
        JsonNode choice = json.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new LangChain4jException("the server's answer has no message");
        }
        AnswerParts parts = new AnswerParts();
        parts.head(json);
        parts.finish(choice);
        parts.text.append(Objects.requireNonNullElse(AnswerParts.string(message, "content"), ""));
        parts.thinking.append(Objects.requireNonNullElse(AnswerParts.string(message, "reasoning_content"), ""));
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            parts.calls.add(AnswerParts.call(
                    AnswerParts.string(call, "id"),
                    Objects.requireNonNullElse(AnswerParts.string(function, "name"), ""),
                    Objects.requireNonNullElse(AnswerParts.string(function, "arguments"), "")));
        }
        return parts.response();
    }
}
