package dev.attune.serve.request;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request of /v1/completions.
 *
 * @param maxTokens null: 16, or fewer if the model has no room for them
 * @param echo whether the answer begins with the prompt
 * @param topLogProbs null: no log-probabilities
 */
public record CompletionRequest(
        List<PromptText> prompts,
        SamplingFields sampling,
        @Nullable Integer maxTokens,
        boolean echo,
        @Nullable Integer topLogProbs) {
    private static final KnownFields FIELDS =
            new KnownFields(served(), Map.of("user", KnownFields.ANY, "suffix", KnownFields.text("")));

    private static Set<String> served() {
        Set<String> names = new HashSet<>(SamplingFields.NAMES);
        names.addAll(List.of("prompt", "echo", "best_of"));
        return Set.copyOf(names);
    }

    public static CompletionRequest read(Fields request, int vocabularySize) {
        FIELDS.check(request);
        SamplingFields sampling = SamplingFields.read(request, vocabularySize);
        boolean echo = request.flag("echo", false);
        checkBestOf(request, sampling.choices());
        Long top = request.integer("logprobs", 0, 20);
        Long most = request.integer("max_tokens", echo ? 0 : 1, Long.MAX_VALUE);
        return new CompletionRequest(
                new PromptReader("prompt", vocabularySize).read(request),
                sampling,
                most == null ? null : (Integer) (int) Math.min(Integer.MAX_VALUE, most),
                echo,
                top == null ? null : (Integer) (int) (long) top);
    }

    /** All answers are returned: best_of chooses only if it is more than n. */
    private static void checkBestOf(Fields request, int choices) {
        long candidates = Objects.requireNonNullElse(request.integer("best_of", 1, 128), (long) choices);
        if (candidates != choices) {
            throw ApiException.unsupported(
                    "best_of", "best_of: this server returns every answer, so that it has to be n or left out");
        }
    }
}
