package dev.attune.langchain4j;

import dev.attune.langchain4j.http.Indexed;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.DimensionAwareEmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An embedding model: one vector per text, in the order of the texts, however many there are. */
public final class AttuneEmbeddingModel extends DimensionAwareEmbeddingModel implements AutoCloseable {
    /** Texts of one request. */
    private static final int BATCH = 256;

    private final Connection connection;
    private final EmbeddingRequestParameters parameters;
    private final List<EmbeddingModelListener> listeners;

    private AttuneEmbeddingModel(Builder builder) {
        this.connection = builder.connect();
        this.parameters = EmbeddingRequestParameters.builder()
                .modelName(connection.modelName())
                .dimensions(builder.dimensions)
                .build();
        this.listeners = builder.listeners;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
        List<Embedding> vectors = new ArrayList<>();
        int tokens = 0;
        String model = request.modelName();
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            JsonNode answer = connection.client().post("/embeddings", body(request, batch));
            Indexed.data(answer, batch.size()).forEach(item -> vectors.add(vector(item)));
            tokens += answer.path("usage").path("prompt_tokens").asInt(0);
            model = answer.path("model").asString(model);
        }
        return EmbeddingResponse.builder()
                .embeddings(vectors)
                .modelName(model)
                .tokenUsage(new TokenUsage(tokens, 0, tokens))
                .build();
    }

    private static ObjectNode body(EmbeddingRequest request, List<String> texts) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("model", request.modelName());
        texts.forEach(body.putArray("input")::add);
        if (request.dimensions() != null) {
            body.put("dimensions", request.dimensions());
        }
        return body;
    }

    private static Embedding vector(JsonNode item) {
        JsonNode numbers = item.path("embedding");
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return Embedding.from(vector);
    }

    /** No texts give no vectors, without a request. */
    @Override
    public Response<List<Embedding>> embedAll(@Nullable List<TextSegment> segments) {
        return segments == null || segments.isEmpty()
                ? Response.from(List.of(), new TokenUsage(0, 0, 0))
                : super.embedAll(segments);
    }

    @Override
    public String modelName() {
        return connection.modelName();
    }

    @Override
    public EmbeddingRequestParameters defaultRequestParameters() {
        return parameters;
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return Set.of(EmbeddingRequestParameters.MODEL_NAME, EmbeddingRequestParameters.DIMENSIONS);
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return listeners;
    }

    /** Closes the model in this process, if this one loaded it. */
    @Override
    public void close() {
        connection.close();
    }

    /** Builds an embedding model. */
    public static final class Builder extends ConnectedBuilder<Builder> {
        private @Nullable Integer dimensions;
        private List<EmbeddingModelListener> listeners = List.of();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** The first numbers of each vector, scaled to length 1; all if none is given. */
        public Builder dimensions(@Nullable Integer first) {
            dimensions = first;
            return this;
        }

        /** Who is told of requests, answers and errors. */
        public Builder listeners(List<EmbeddingModelListener> all) {
            listeners = List.copyOf(all);
            return this;
        }

        /** @throws IllegalArgumentException if the server is not given in one way */
        public AttuneEmbeddingModel build() {
            return new AttuneEmbeddingModel(this);
        }
    }
}
