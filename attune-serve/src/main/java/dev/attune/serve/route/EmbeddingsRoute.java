package dev.attune.serve.route;

import dev.attune.serve.answer.VectorJson;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.http.Exchange;
import dev.attune.serve.http.Route;
import dev.attune.serve.model.Embedder;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.request.EmbeddingRequest;
import dev.attune.serve.request.PromptText;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** POST /v1/embeddings. */
public final class EmbeddingsRoute implements Route {
    private static final String INPUT = "input";

    private final ServerState state;
    private final OneAtATime turns = new OneAtATime();

    public EmbeddingsRoute(ServerState state) {
        this.state = state;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        Fields body = Fields.top(exchange.body());
        ModelEntry entry = state.models().of(body);
        Embedder embedder = entry.embedder();
        EmbeddingRequest request = EmbeddingRequest.read(body, entry.model().vocabularySize(), embedder.width());
        List<int[]> inputs = inputs(entry, request);
        List<float[]> vectors = new ArrayList<>();
        for (int[] input : inputs) {
            vectors.add(turns.run(embedder, exchange, () -> embedder.embed(input)));
        }
        exchange.json(200, json(entry, request, inputs, vectors));
    }

    private static List<int[]> inputs(ModelEntry entry, EmbeddingRequest request) {
        Lengths lengths = new Lengths(entry, INPUT);
        List<int[]> inputs = new ArrayList<>();
        for (PromptText input : request.inputs()) {
            String text = input.text();
            if (text != null && text.isEmpty()) {
                throw ApiException.invalid(INPUT, "input: found an empty string, expected a text");
            }
            int[] ids = CompletionsRoute.ids(entry, input, INPUT);
            lengths.checkText(ids.length);
            inputs.add(ids);
        }
        return inputs;
    }

    private static ObjectNode json(
            ModelEntry entry, EmbeddingRequest request, List<int[]> inputs, List<float[]> vectors) {
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < vectors.size(); i++) {
            data.addObject()
                    .put("object", "embedding")
                    .put("index", i)
                    .set("embedding", VectorJson.of(vectors.get(i), request.dimensions(), request.base64()));
        }
        long tokens = inputs.stream().mapToLong(ids -> ids.length).sum();
        answer.put("model", entry.name())
                .putObject("usage")
                .put("prompt_tokens", tokens)
                .put("total_tokens", tokens);
        return answer;
    }
}
