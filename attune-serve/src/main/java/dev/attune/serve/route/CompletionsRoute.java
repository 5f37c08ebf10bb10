package dev.attune.serve.route;

import dev.attune.model.serving.TokenEngine;
import dev.attune.model.serving.TokenRequest;
import dev.attune.serve.answer.AnswerShape;
import dev.attune.serve.answer.EchoPrompt;
import dev.attune.serve.answer.TextAnswer;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.generation.Generation;
import dev.attune.serve.http.Exchange;
import dev.attune.serve.http.Route;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.request.CompletionRequest;
import dev.attune.serve.request.PromptText;
import dev.attune.serve.request.SamplingFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** POST /v1/completions. */
public final class CompletionsRoute implements Route {
    private static final int DEFAULT_TOKENS = 16;
    private static final String PROMPT = "prompt";

    private final ServerState state;

    public CompletionsRoute(ServerState state) {
        this.state = state;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        Fields body = Fields.top(exchange.body());
        ModelEntry entry = state.models().of(body);
        TokenEngine engine = entry.engine();
        CompletionRequest request = CompletionRequest.read(body, entry.model().vocabularySize());
        List<EchoPrompt> prompts = request.prompts().stream()
                .map(prompt -> prompt(entry, request, prompt))
                .toList();
        List<TokenRequest> requests = requests(entry, request, prompts);
        SamplingFields sampling = request.sampling();
        AnswerShape shape =
                new AnswerShape(sampling.choices(), request.topLogProbs(), sampling.tokenIds(), sampling.streamUsage());
        TextAnswer answer = new TextAnswer(entry.name(), shape, entry.texts(), prompts);
        try (Generation generation =
                Generation.start(engine, entry.texts(), requests, sampling.stop(), "", nanos -> state.metrics()
                        .firstToken(entry.name(), nanos))) {
            new Conductor(state, exchange, generation).answer(answer, sampling.stream());
        }
    }

    private static EchoPrompt prompt(ModelEntry entry, CompletionRequest request, PromptText prompt) {
        int[] ids = ids(entry, prompt, PROMPT);
        String text = prompt.text();
        String echo = text == null ? entry.texts().decode(prompt.ids()) : text;
        return new EchoPrompt(Arrays.stream(ids).boxed().toList(), request.echo() ? echo : null);
    }

    /** The tokens of a text. An empty one is the token with which the model's texts begin. */
    static int[] ids(ModelEntry entry, PromptText prompt, String param) {
        @Nullable String text = prompt.text();
        int[] ids = prompt.ids();
        if (text != null) {
            new Lengths(entry, param).checkCharacters(text.length());
            ids = entry.texts().tokens(text);
        }
        if (ids.length > 0) {
            return ids;
        }
        Integer first = entry.texts().firstToken();
        if (first == null || text == null) {
            throw ApiException.invalid(param, param + ": found no token, expected at least one");
        }
        return new int[] {first};
    }

    private static List<TokenRequest> requests(ModelEntry entry, CompletionRequest request, List<EchoPrompt> prompts) {
        Lengths lengths = new Lengths(entry, PROMPT);
        long seed = Requests.seed(request.sampling());
        List<TokenRequest> requests = new ArrayList<>();
        for (EchoPrompt prompt : prompts) {
            requests.addAll(Requests.of(
                    prompt.ids(),
                    lengths.newTokens(prompt.ids().size(), request.maxTokens(), DEFAULT_TOKENS),
                    request.sampling(),
                    seed,
                    request.topLogProbs(),
                    request.echo() && request.topLogProbs() != null,
                    entry.texts().endOfText(),
                    null,
                    entry.adapter()));
        }
        return requests;
    }
}
