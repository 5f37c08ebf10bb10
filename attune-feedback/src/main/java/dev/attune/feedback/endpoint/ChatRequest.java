package dev.attune.feedback.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the request to a server. Settings that are off are left out, because servers refuse unknown ones;
 * {@code top_k}, {@code min_p} and {@code repetition_penalty} are not part of OpenAI's API but have these names on the
 * servers that support them.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatRequest(
        String model,
        List<Message> messages,
        int n,
        long seed,
        int maxTokens,
        double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double minP,
        @Nullable Double repetitionPenalty,
        @Nullable List<String> stop,
        @Nullable Boolean logprobs,
        @Nullable Integer topLogprobs) {
    /** The most that OpenAI's API gives. */
    private static final int MAX_TOP = 20;

    static ChatRequest of(EndpointSettings settings, Prompt prompt, int n, SamplingOptions options, long seed) {
        return new ChatRequest(
                settings.model(),
                prompt.messages(),
                n,
                seed,
                options.maxNewTokens(),
                options.temperature(),
                options.topP() < 1 ? options.topP() : null,
                options.topK() > 0 ? options.topK() : null,
                options.minP() > 0 ? options.minP() : null,
                options.repetitionPenalty() != 1 ? options.repetitionPenalty() : null,
                options.stop().isEmpty() ? null : options.stop(),
                settings.logProbabilities() ? true : null,
                null);
    }

    /** The same request, also for the most probable tokens of each position. */
    ChatRequest withTopTokens() {
        return new ChatRequest(
                model,
                messages,
                n,
                seed,
                maxTokens,
                temperature,
                topP,
                topK,
                minP,
                repetitionPenalty,
                stop,
                true,
                MAX_TOP);
    }
}
