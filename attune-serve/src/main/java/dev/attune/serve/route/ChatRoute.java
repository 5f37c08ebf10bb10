package dev.attune.serve.route;

import dev.attune.model.serving.TokenEngine;
import dev.attune.model.serving.TokenRequest;
import dev.attune.serve.answer.AnswerShape;
import dev.attune.serve.answer.ChatAnswer;
import dev.attune.serve.answer.ChatForm;
import dev.attune.serve.fields.Fields;
import dev.attune.serve.generation.Generation;
import dev.attune.serve.http.Exchange;
import dev.attune.serve.http.Route;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.model.ModelTexts;
import dev.attune.serve.request.ChatRequest;
import dev.attune.serve.request.SamplingFields;
import dev.attune.serve.tool.ToolSupport;
import dev.attune.serve.tool.ToolText;
import dev.attune.serve.tool.Tools;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** POST /v1/chat/completions. */
public final class ChatRoute implements Route {
    private final ServerState state;
    private final Map<ModelTexts, ToolSupport> supports = new ConcurrentHashMap<>();

    public ChatRoute(ServerState state) {
        this.state = state;
    }

    @Override
    public void answer(Exchange exchange) throws InterruptedException {
        Fields body = Fields.top(exchange.body());
        ModelEntry entry = state.models().of(body);
        TokenEngine engine = entry.engine();
        ModelTexts texts = entry.texts();
        int vocabulary = entry.model().vocabularySize();
        ChatRequest request = ChatRequest.read(body, vocabulary);
        ToolSupport support = supports.computeIfAbsent(texts, key -> ToolSupport.of(key, vocabulary));
        int[] prompt = ChatPrompt.tokens(entry, request, support.template());
        ThinkingTokens thinking = ThinkingTokens.of(texts, prompt);
        List<TokenRequest> requests = requests(entry, request, support, thinking, prompt);
        SamplingFields sampling = request.sampling();
        ChatAnswer answer = new ChatAnswer(
                entry.name(),
                new AnswerShape(sampling.choices(), request.topLogProbs(), sampling.tokenIds(), sampling.streamUsage()),
                texts,
                new ChatForm(request.tools(), request.format().json(), thinking.thinks(), thinking.opened()),
                prompt);
        try (Generation generation =
                Generation.start(engine, texts, requests, stops(request), texts.lead(), nanos -> state.metrics()
                        .firstToken(entry.name(), nanos))) {
            new Conductor(state, exchange, generation).answer(answer, sampling.stream());
        }
    }

    /** A single free call ends the answer. */
    private static List<String> stops(ChatRequest request) {
        Tools tools = request.tools();
        if (tools.mode() != Tools.Mode.AUTO
                || tools.parallel()
                || request.format().json()) {
            return request.sampling().stop();
        }
        List<String> stops = new ArrayList<>(request.sampling().stop());
        stops.add(ToolText.CLOSE);
        return stops;
    }

    private static List<TokenRequest> requests(
            ModelEntry entry, ChatRequest request, ToolSupport support, ThinkingTokens thinking, int... prompt) {
        int most = new Lengths(entry, "messages").newTokens(prompt.length, request.maxTokens(), Integer.MAX_VALUE);
        return Requests.of(
                Arrays.stream(prompt).boxed().toList(),
                most,
                request.sampling(),
                Requests.seed(request.sampling()),
                request.topLogProbs(),
                false,
                entry.texts().endTokens(),
                ChatConstraint.of(entry, request, support, thinking),
                entry.adapter());
    }
}
