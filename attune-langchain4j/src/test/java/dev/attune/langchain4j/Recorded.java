package dev.attune.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A handler that remembers its calls in order, and may cancel. */
class Recorded implements StreamingChatResponseHandler {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    final CompletableFuture<StreamingHandle> handle = new CompletableFuture<>();

    @Override
    public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        texts.add(part.text());
        events.add("text " + part.text());
        handle.complete(context.streamingHandle());
    }

    @Override
    public void onPartialThinking(PartialThinking part) {
        events.add("thinking " + part.text());
    }

    @Override
    public void onPartialToolCall(PartialToolCall part) {
        events.add("part " + part.index() + " " + part.id() + " " + part.name() + " " + part.partialArguments());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        events.add("call " + call.index() + " " + call.toolExecutionRequest().id() + " "
                + call.toolExecutionRequest().arguments());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        events.add("complete");
        end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        events.add("error");
        end.completeExceptionally(error);
    }

    ChatResponse await() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }
}
