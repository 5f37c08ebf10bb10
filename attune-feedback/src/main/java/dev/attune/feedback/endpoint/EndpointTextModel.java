package dev.attune.feedback.endpoint;

import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind {@code /v1/chat/completions}. Prompts are sent as conversations, a plain text as a user's
 * message. For a prompt that is given several times in a row, one request asks for several completions. Whether the
 * same seed gives the same text depends on the server.
 *
 * <p>A completion's log-probability is the sum over its tokens as the server reports them, which on most servers ignore
 * the temperature; it is NaN if the server reports none. Its number of tokens is 0 if the server does not report it.
 * {@code STOP_STRING} differs from {@code END_TOKEN} only if the server distinguishes them.
 */
public final class EndpointTextModel implements TextModel {
    /**
     * Maximum completions per request. OpenAI's own limit is 128; smaller requests lose less if a connection breaks.
     */
    private static final int MAX_AT_ONCE = 16;

    private final EndpointSettings settings;
    private final Calls calls;
    private final UsageMeter meter = new UsageMeter();

    public EndpointTextModel(EndpointSettings settings) {
        this(settings, System::getenv);
    }

    EndpointTextModel(EndpointSettings settings, UnaryOperator<@Nullable String> environment) {
        this.settings = settings;
        this.calls = new Calls(settings, environment, meter);
    }

    /**
     * @throws dev.attune.core.error.BadInputException if the server refuses the request
     * @throws dev.attune.core.error.RunFailedException if it does not respond, or its response is invalid
     */
    @Override
    public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
        List<TextCompletion> completions = new ArrayList<>();
        while (completions.size() < prompts.size()) {
            Prompt prompt = prompts.get(completions.size());
            int many = Math.min(MAX_AT_ONCE, repeats(prompts, completions.size()));
            long own = seed + completions.size();
            List<TextCompletion> answers = ask(ChatRequest.of(settings, prompt, many, options, own));
            completions.addAll(answers.subList(0, Math.min(many, answers.size())));
        }
        return completions;
    }

    private static int repeats(List<Prompt> prompts, int from) {
        int to = from;
        while (to < prompts.size() && prompts.get(to).equals(prompts.get(from))) {
            to++;
        }
        return to - from;
    }

    /**
     * One completion with the most probable tokens of each position, which not every server reports.
     *
     * @throws dev.attune.core.error.BadInputException if the server refuses the request
     * @throws dev.attune.core.error.RunFailedException if it does not respond, or its response is invalid
     */
    public TokenChoices completeWithChoices(Prompt prompt, SamplingOptions options, long seed) {
        ChatRequest request = ChatRequest.of(settings, prompt, 1, options, seed).withTopTokens();
        return answer(request).choices();
    }

    /** What was asked so far, and its tokens. */
    public Usage usage() {
        return meter.sum();
    }

    /** The cost so far, in the currency of the settings' prices. */
    public double cost() {
        return usage().cost(settings.prices());
    }

    private List<TextCompletion> ask(ChatRequest request) {
        return answer(request).completions();
    }

    private ChatAnswer answer(ChatRequest request) {
        ChatAnswer answer = ChatAnswer.parse(calls.place(), calls.post(Json.line(request)));
        meter.answer(answer.usage());
        return answer;
    }

    /** Does nothing: connections are shared and close by themselves. */
    @Override
    public void close() {}
}
