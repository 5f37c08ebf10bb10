package dev.attune.langchain4j;

import dev.attune.langchain4j.local.LocalServer;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** LangChain4j's contract of listeners to streams, on stories260K in this process. */
@Tag("shared")
class LangChainStreamingListenerContractTest extends AbstractStreamingChatModelListenerIT {
    private final LocalServer server = SharedModels.stories();

    @AfterEach
    void close() {
        server.close();
    }

    private AttuneStreamingChatModel model(String name, ChatModelListener listener) {
        return AttuneStreamingChatModel.builder()
                .server(server)
                .modelName(name)
                .temperature(temperature())
                .topP(topP())
                .maxOutputTokens(maxTokens())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
        return model(modelName(), listener);
    }

    @Override
    protected String modelName() {
        return SharedModels.STORIES;
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
        return model("unknown", listener);
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return ModelNotFoundException.class;
    }
}
