package dev.attune.langchain4j;

import dev.attune.langchain4j.chat.WholeAnswer;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;

/** A chat model whose answers come whole. Safe for use by several threads, whose requests are computed together. */
public final class AttuneChatModel implements ChatModel, AutoCloseable {
    private final ChatSetup setup;

    private AttuneChatModel(Builder builder) {
        this.setup = builder.chatSetup();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return WholeAnswer.read(setup.connection().client().post(ChatSetup.PATH, setup.body(request, false)));
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

    /** Builds a chat model. */
    public static final class Builder extends ChatBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** @throws IllegalArgumentException if the server is not given in one way */
        public AttuneChatModel build() {
            return new AttuneChatModel(this);
        }
    }
}
