package dev.attune.langchain4j;

import dev.attune.langchain4j.http.Indexed;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reward model: scores texts as answers to a query, one score per text in the order of the texts. A score is the model's raw
 * output; only scores of the same query compare.
 */
public final class AttuneScoringModel implements ScoringModel, AutoCloseable {
    private final Connection connection;
    private final boolean conversations;

    private AttuneScoringModel(Builder builder) {
        this.connection = builder.connect();
        this.conversations = builder.conversations;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** No texts give no scores, without a request. */
    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        if (segments.isEmpty()) {
            return Response.from(List.of(), new TokenUsage(0, 0, 0));
        }
        JsonNode answer = connection.client().post("/score", body(segments, query));
        List<Double> scores = Indexed.data(answer, segments.size()).stream()
                .map(item -> item.path("score").doubleValue())
                .toList();
        int tokens = answer.path("usage").path("prompt_tokens").asInt(0);
        return Response.from(scores, new TokenUsage(tokens, 0, tokens));
    }

    private ObjectNode body(List<TextSegment> segments, String query) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("model", connection.modelName());
        if (!conversations) {
            body.put("text_1", query);
            segments.forEach(segment -> body.withArray("text_2").add(segment.text()));
            return body;
        }
        for (TextSegment segment : segments) {
            ObjectNode item = body.withArray("items").addObject();
            item.putArray("messages").addObject().put("role", "user").put("content", query);
            item.put("completion", segment.text());
        }
        return body;
    }

    /** Closes the model in this process, if this one loaded it. */
    @Override
    public void close() {
        connection.close();
    }

    /** Builds a scoring model. */
    public static final class Builder extends ConnectedBuilder<Builder> {
        private boolean conversations;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Whether a query is the message of a user and a text the answer, in the model's chat template: for reward models that
         * were trained on conversations. Otherwise the text follows the query as it is.
         */
        public Builder conversations(boolean use) {
            conversations = use;
            return this;
        }

        /** @throws IllegalArgumentException if the server is not given in one way */
        public AttuneScoringModel build() {
            return new AttuneScoringModel(this);
        }
    }
}
