package dev.attune.serve.route;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.serving.TokenRequest;
import dev.attune.serve.request.SamplingFields;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the engine's requests for the answers to one prompt. */
final class Requests {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Requests() {}

    /** The seed of a request; one that gives none has another each time. */
    static long seed(SamplingFields sampling) {
        Long seed = sampling.seed();
        return seed == null ? RANDOM.nextLong() : seed;
    }

    /**
     * @param prompt token ids
     * @param constraint makes one for each answer; null: none
     */
    static List<TokenRequest> of(
            List<Integer> prompt,
            int maxTokens,
            SamplingFields sampling,
            long seed,
            @Nullable Integer topLogProbs,
            boolean promptLogProbs,
            Set<Integer> endTokens,
            @Nullable Supplier<TokenConstraint> constraint,
            @Nullable String adapter) {
        List<TokenRequest> requests = new ArrayList<>();
        for (int choice = 0; choice < sampling.choices(); choice++) {
            requests.add(new TokenRequest(
                    prompt,
                    maxTokens,
                    sampling.temperature(),
                    sampling.topP(),
                    sampling.topK(),
                    sampling.minP(),
                    sampling.repetitionPenalty(),
                    sampling.presencePenalty(),
                    sampling.frequencyPenalty(),
                    sampling.logitBias(),
                    seed,
                    choice,
                    topLogProbs,
                    false,
                    promptLogProbs,
                    endTokens,
                    constraint == null ? null : constraint.get(),
                    adapter));
        }
        return requests;
    }
}
