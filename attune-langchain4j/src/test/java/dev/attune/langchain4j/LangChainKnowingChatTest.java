package dev.attune.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** LangChain4j's contract of chat models, on a test double that knows all answers. */
@Tag("one-jvm")
class LangChainKnowingChatTest extends AbstractChatModelIT {
    private StandIn server;

    @BeforeAll
    void open() {
        server = new StandIn().replies(new KnowingModel());
    }

    @AfterAll
    void close() {
        server.close();
    }

    private AttuneChatModel.Builder builder() {
        return AttuneChatModel.builder()
                .baseUrl(server.baseUrl())
                .modelName("knowing")
                .temperature(0.0);
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(builder().build());
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        return builder().defaultRequestParameters(parameters).build();
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
}
