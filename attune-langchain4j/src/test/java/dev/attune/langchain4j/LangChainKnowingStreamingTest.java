package dev.attune.langchain4j;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.mockito.InOrder;

/** LangChain4j's contract of streaming chat models, on a test double that knows all answers. */
@Tag("one-jvm")
class LangChainKnowingStreamingTest extends AbstractStreamingChatModelIT {
    private StandIn server;

    @BeforeAll
    void open() {
        server = new StandIn().replies(new KnowingModel());
    }

    @AfterAll
    void close() {
        server.close();
    }

    private AttuneStreamingChatModel.Builder builder() {
        return AttuneStreamingChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("knowing")
                .temperature(0.0);
    }

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(builder().build());
    }

    @Override
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        return builder().defaultRequestParameters(parameters).build();
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return builder().listeners(List.of(listener)).build();
    }

    @Override
    protected String customModelName() {
        return "other";
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return ChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return false;
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return false;
    }

    /** Tested with a model that goes on until it is stopped. */
    @Override
    protected boolean supportsStreamingCancellation() {
        return false;
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
        parts(handler, io, 0, id, "getWeather", "{", " \"city\"", ":\"Mun", "ich\"", "}");
        io.verify(handler).onCompleteToolCall(complete(0, id, "getWeather", "{ \"city\":\"Munich\"}"));
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id1, String id2) {
        verifyToolCallbacks(handler, io, id1);
        parts(handler, io, 1, id2, "getTime", "{\"country\":", "\"France\"}");
        io.verify(handler).onCompleteToolCall(complete(1, id2, "getTime", "{\"country\":\"France\"}"));
    }

    private static void parts(
            StreamingChatResponseHandler handler, InOrder io, int index, String id, String name, String... arguments) {
        for (String part : arguments) {
            io.verify(handler).onPartialToolCall(eq(partial(index, id, name, part)), any());
        }
    }
}
