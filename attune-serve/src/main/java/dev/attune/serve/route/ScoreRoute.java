package dev.attune.serve.route;

import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.PromptCompletion;
import dev.attune.serve.answer.AnswerHead;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.http.Exchange;
import dev.attune.serve.http.Route;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.model.Scorer;
import dev.attune.serve.request.ScoreRequest;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** POST /v1/score. */
public final class ScoreRoute implements Route {
    private final ServerState state;
    private final OneAtATime turns = new OneAtATime();

    public ScoreRoute(ServerState state) {
        this.state = state;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        Fields body = Fields.top(exchange.body());
        ModelEntry entry = state.models().of(body);
        Scorer scorer = entry.scorer();
        ScoreRequest request = ScoreRequest.read(body);
        Lengths lengths = new Lengths(entry, request.param());
        request.samples().forEach(sample -> lengths.checkCharacters(characters(sample)));
        try {
            exchange.json(200, turns.run(scorer, exchange, () -> scored(entry, scorer, request, lengths)));
        } catch (BadInputException e) {
            throw ApiException.invalid(request.param(), Objects.requireNonNull(e.getMessage()));
        }
    }

    private static long characters(PromptCompletion sample) {
        return sample.completion().length()
                + sample.prompt().messages().stream()
                        .map(Message::content)
                        .mapToLong(String::length)
                        .sum();
    }

    private static ObjectNode scored(ModelEntry entry, Scorer scorer, ScoreRequest request, Lengths lengths) {
        long tokens = 0;
        for (PromptCompletion sample : request.samples()) {
            int length = scorer.tokens(sample);
            lengths.checkText(length);
            tokens += length;
        }
        List<Double> scores = scorer.scores(request.samples());
        AnswerHead head = AnswerHead.of("score-", entry.name());
        ObjectNode answer = JsonMapper.shared()
                .createObjectNode()
                .put("id", head.id())
                .put("object", "list")
                .put("created", head.created())
                .put("model", entry.name());
        ArrayNode data = answer.putArray("data");
        for (int i = 0; i < scores.size(); i++) {
            data.addObject().put("index", i).put("object", "score").put("score", scores.get(i));
        }
        answer.putObject("usage")
                .put("prompt_tokens", tokens)
                .put("completion_tokens", 0)
                .put("total_tokens", tokens);
        return answer;
    }
}
