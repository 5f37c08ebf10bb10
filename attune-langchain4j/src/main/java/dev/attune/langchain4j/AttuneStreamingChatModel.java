package dev.attune.langchain4j;

import dev.attune.langchain4j.chat.ChatStream;
import dev.attune.langchain4j.http.ApiClient;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat model whose answers come in parts. Requests that cannot be sent are refused by an exception; what happens after is told
 * to the handler, by one thread per answer. Cancelling ends the computing; the handler is not called after it.
 */
public final class AttuneStreamingChatModel implements StreamingChatModel, AutoCloseable {
    private final ChatSetup setup;

    private AttuneStreamingChatModel(Builder builder) {
        this.setup = builder.chatSetup();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ObjectNode body = setup.body(request, true);
        ApiClient client = setup.connection().client();
        ChatStream.start(() -> client.stream(ChatSetup.PATH, body), handler);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return setup.parameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return setup.listeners();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return setup.capabilities();
    }

    /** Closes the model in this process, if this one loaded it. */
    @Override
    public void close() {
        setup.connection().close();
    }

    /** Builds a streaming chat model. */
    public static final class Builder extends ChatBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** @throws IllegalArgumentException if the server is not given in one way */
        public AttuneStreamingChatModel build() {
            return new AttuneStreamingChatModel(this);
        }
    }
}
