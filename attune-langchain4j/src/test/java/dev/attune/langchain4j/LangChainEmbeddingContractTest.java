package dev.attune.langchain4j;

import dev.attune.langchain4j.local.LocalServer;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.common.AbstractEmbeddingModelIT;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** LangChain4j's contract of embedding models, on stories260K in this process. */
@Tag("shared")
class LangChainEmbeddingContractTest extends AbstractEmbeddingModelIT {
    private LocalServer server;

    @BeforeAll
    void open() {
        server = SharedModels.stories();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @Override
    protected List<EmbeddingModel> models() {
        return List.of(AttuneEmbeddingModel.builder().server(server).build());
    }

    @Override
    protected EmbeddingModel modelWith(EmbeddingModelListener listener) {
        return AttuneEmbeddingModel.builder()
                .server(server)
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected EmbeddingModel failingModelWith(EmbeddingModelListener listener) {
        return AttuneEmbeddingModel.builder()
                .server(server)
                .modelName("unknown")
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected int dimensionsParameter() {
        return 16;
    }

    @Override
    protected boolean supportsInputTypeParameter() {
        return false;
    }

    @Override
    protected boolean supportsImageInput() {
        return false;
    }
}
