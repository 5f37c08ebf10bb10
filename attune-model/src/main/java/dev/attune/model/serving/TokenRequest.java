package dev.attune.model.serving;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.constraint.TokenConstraint;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for the tokens that follow a prompt. The answer depends on nothing but the request and the model.
 *
 * @param prompt token ids, at least one
 * @param maxNewTokens at most so many are sampled; prompt and new tokens together fit the model. 0: none, for the
 *     log-probabilities of the prompt
 * @param temperature 0 means greedy
 * @param topP share of the probability from which a token is sampled, in (0, 1]
 * @param topK number of tokens from which one is sampled; 0: all
 * @param minP tokens below this share of the highest probability are not sampled
 * @param repetitionPenalty as in {@link dev.attune.core.model.SamplingOptions}; 1 is none
 * @param presencePenalty taken from the logit of each token that was sampled before, in [-2, 2]
 * @param frequencyPenalty taken from it once for each time that it was sampled
 * @param logitBias added to the logits of tokens, by id
 * @param seed of the random numbers
 * @param choice number among the choices of one seed, from 0
 * @param topLogProbs number of most probable tokens to report beside each; null: no log-probabilities are needed
 * @param tempered whether log-probabilities are those under the temperature, as training needs them; else at temperature 1
 * @param promptLogProbs whether those of the prompt's tokens are reported first
 * @param endTokens that end the sequence
 * @param constraint of the sampled tokens, or null
 * @param adapter name of the adapter to compute with; null: the base model
 */
@RecordBuilder
public record TokenRequest(
        List<Integer> prompt,
        int maxNewTokens,
        double temperature,
        double topP,
        int topK,
        double minP,
        double repetitionPenalty,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Double> logitBias,
        long seed,
        int choice,
        @Nullable Integer topLogProbs,
        boolean tempered,
        boolean promptLogProbs,
        Set<Integer> endTokens,
        @Nullable TokenConstraint constraint,
        @Nullable String adapter)
        implements TokenRequestBuilder.With {
    public TokenRequest {
        prompt = List.copyOf(prompt);
        logitBias = Map.copyOf(logitBias);
        endTokens = Set.copyOf(endTokens);
    }

    /** A greedy request without anything else. */
    public static TokenRequest greedy(List<Integer> prompt, int maxNewTokens) {
        return new TokenRequest(
                prompt, maxNewTokens, 0, 1, 0, 0, 1, 0, 0, Map.of(), 0, 0, null, false, false, Set.of(), null, null);
    }

    /** A request with these options, as a generator samples for the prompt of that number. Stop strings are the sink's matter. */
    public static TokenRequest of(List<Integer> prompt, SamplingOptions options, long seed, int number) {
        return greedy(prompt, options.maxNewTokens())
                .withTemperature(options.temperature())
                .withTopK(options.topK())
                .withTopP(options.topP())
                .withMinP(options.minP())
                .withRepetitionPenalty(options.repetitionPenalty())
                .withSeed(seed)
                .withChoice(number);
    }
}
