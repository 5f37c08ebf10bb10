package dev.attune.langchain4j;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of both chat models have.
 *
 * @param <B> the builder itself
 */
public abstract class ChatBuilder<B extends ChatBuilder<B>> extends ConnectedBuilder<B> {
    private ChatRequestParameters defaults = DefaultChatRequestParameters.EMPTY;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Integer maxOutputTokens;
    private List<ChatModelListener> listeners = List.of();
    private @Nullable Set<Capability> capabilities;

    ChatBuilder() {}

    /** Of requests that have no temperature; 0 chooses the likeliest token each time. */
    public B temperature(@Nullable Double value) {
        temperature = value;
        return self();
    }

    /** Of requests that have no {@code topP}. */
    public B topP(@Nullable Double value) {
        topP = value;
        return self();
    }

    /** Of requests that have no limit. */
    public B maxOutputTokens(@Nullable Integer most) {
        maxOutputTokens = most;
        return self();
    }

    /** Any parameters of requests that do not have them; the methods of this builder go before. */
    public B defaultRequestParameters(ChatRequestParameters parameters) {
        defaults = parameters;
        return self();
    }

    /** Who is told of requests, answers and errors. */
    public B listeners(List<ChatModelListener> all) {
        listeners = List.copyOf(all);
        return self();
    }

    /**
     * What LangChain4j's AI services may rely on. If nothing is given: answers that obey a JSON schema, except with a model in
     * this process that cannot be constrained.
     */
    public B supportedCapabilities(Set<Capability> all) {
        capabilities = Set.copyOf(all);
        return self();
    }

    ChatSetup chatSetup() {
        Connection connection = connect();
        DefaultChatRequestParameters.Builder<?> named = ChatRequestParameters.builder();
        named.modelName(connection.modelName());
        ChatRequestParameters own = ChatRequestParameters.builder()
                .temperature(temperature)
                .topP(topP)
                .maxOutputTokens(maxOutputTokens)
                .build();
        ChatRequestParameters parameters = named.build().overrideWith(defaults).overrideWith(own);
        Set<Capability> able = connection.constrains().test(connection.modelName())
                ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                : Set.of();
        return new ChatSetup(connection, parameters, listeners, capabilities == null ? able : capabilities);
    }
}
