package dev.attune.langchain4j.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler of a program. What the handler throws goes to its own {@code onError}, and the stream goes on; after the
 * stream was cancelled the handler is not called.
 */
final class Listener {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    private final StreamingChatResponseHandler handler;
    private final StreamingHandle handle;

    Listener(StreamingChatResponseHandler handler, StreamingHandle handle) {
        this.handler = handler;
        this.handle = handle;
    }

    void text(String part) {
        call(() -> handler.onPartialResponse(new PartialResponse(part), new PartialResponseContext(handle)));
    }

    void thinking(String part) {
        call(() -> handler.onPartialThinking(new PartialThinking(part), new PartialThinkingContext(handle)));
    }

    void partialCall(int index, @Nullable String id, String name, String arguments) {
        PartialToolCall part = PartialToolCall.builder()
                .index(index)
                .id(id)
                .name(name)
                .partialArguments(arguments)
                .build();
        call(() -> handler.onPartialToolCall(part, new PartialToolCallContext(handle)));
    }

    void completeCall(int index, ToolExecutionRequest request) {
        call(() -> handler.onCompleteToolCall(new CompleteToolCall(index, request)));
    }

    void complete(ChatResponse response) {
        call(() -> handler.onCompleteResponse(response));
    }

    private void call(Runnable callback) {
        if (handle.isCancelled()) {
            return;
        }
        try {
            callback.run();
        } catch (RuntimeException e) {
            error(e);
        }
    }

    void error(Throwable failure) {
        if (handle.isCancelled()) {
            return;
        }
        try {
            handler.onError(failure);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the handler's onError failed", e);
        }
    }
}
