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
 * A language model behind {@code /v1/chat/completions}. Prompts go there as conversations, a plain text as a user's message.
 * A prompt that is given several times in a row is asked once for several answers. Whether the same seed gives the same text
 * is up to the server.
 *
 * <p>A completion's log-probability is the sum over its tokens as the server gives them, which on most is that of the
 * unchanged distribution and not that under the temperature; it is NaN if the server gives none. Its number of tokens is 0
 * where the server does not say. {@code STOP_STRING} is told from {@code END_TOKEN} where the server tells them apart.
 */
public final class EndpointTextModel implements TextModel {
    /** OpenAI's own limit is 128; smaller requests lose less where a connection breaks. */
    private static final int MAX_AT_ONCE = 16;

    private final EndpointSettings settings;
    private final Calls calls;

    public EndpointTextModel(EndpointSettings settings) {
        this(settings, System::getenv);
    }

    EndpointTextModel(EndpointSettings settings, UnaryOperator<@Nullable String> environment) {
        this.settings = settings;
        this.calls = new Calls(settings, environment);
    }

    /**
     * @throws dev.attune.core.error.BadInputException if the server refuses the request
     * @throws dev.attune.core.error.RunFailedException if it does not answer, or with something else
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

    private List<TextCompletion> ask(ChatRequest request) {
        return new ChatAnswer(calls.place()).completions(calls.post(Json.line(request)));
    }

    /** There is nothing to close: connections are shared and end by themselves. */
    @Override
    public void close() {}
}
