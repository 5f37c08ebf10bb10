package dev.attune.core.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.text.Prompt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One prompt's sequence of states and actions. Every array but {@code promptTokens} has one entry for each of
 * {@code tokens}, in order; the state before token t is the prompt's tokens and the tokens before t. For a token of the
 * environment, all numbers are 0.
 *
 * @param promptTokens the prompt as the policy saw it, without padding
 * @param tokens what followed, the end token included if there is one
 * @param mask 1 if the token is the policy's action, 0 if the environment gave it
 * @param logprobs natural logs under the policy that sampled the tokens
 * @param referenceLogprobs under the reference
 * @param values the critic's, before the update; null without a critic
 * @param kl the estimate of the penalty's KL, per token
 * @param rewards what the advantages were made of: the KL penalty, if it is a reward, and the score at the last action
 * @param advantages before whitening
 * @param returns advantages plus values
 * @param score the reward functions' weighted sum for the whole completion, before penalties
 * @param scores each reward function's own score, by name
 * @param reasons of the scores, by name of the reward function; only of those that gave one
 * @param stop why it ended: {@code end_token}, {@code stop_string}, {@code length}, {@code environment},
 *     {@code max_turns} or {@code fault}
 * @param turns the states and actions of an episode in an environment; empty for a single completion
 * @param fault the error of the environment, if one ended the episode; such an episode is not trained on
 */
@SuppressWarnings("ArrayRecordComponent")
public record Rollout(
        Prompt prompt,
        String completion,
        int[] promptTokens,
        int[] tokens,
        int[] mask,
        float[] logprobs,
        float @Nullable [] referenceLogprobs,
        float @Nullable [] values,
        float[] kl,
        float[] rewards,
        float[] advantages,
        float[] returns,
        double score,
        Map<String, Double> scores,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> reasons,
        String stop,
        List<Turn> turns,
        @Nullable String fault) {
    /**
     * A state and the policy's action in it.
     *
     * @param from the action's first token, an index into {@code tokens}
     * @param to one past its last
     * @param reward what the environment gave for it
     * @param note the environment's description of what happened
     */
    public record Turn(String state, String action, int from, int to, double reward, String note) {}

    public Rollout {
        reasons = reasons == null ? Map.of() : Map.copyOf(reasons);
        turns = turns == null ? List.of() : List.copyOf(turns);
        scores = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(scores));
        requireLength("mask", mask.length, tokens.length);
        requireLength("logprobs", logprobs.length, tokens.length);
        requireLength("kl", kl.length, tokens.length);
        requireLength("rewards", rewards.length, tokens.length);
        requireLength("advantages", advantages.length, tokens.length);
        requireLength("returns", returns.length, tokens.length);
        if (referenceLogprobs != null) {
            requireLength("referenceLogprobs", referenceLogprobs.length, tokens.length);
        }
        if (values != null) {
            requireLength("values", values.length, tokens.length);
        }
    }

    /** The sum of the estimates over the actions: the sequence's KL, in nats. */
    public double sequenceKl() {
        return sequenceKl(kl, mask);
    }

    static double sequenceKl(float[] kl, int[] mask) {
        double sum = 0;
        for (int t = 0; t < kl.length; t++) {
            sum += mask[t] * (double) kl[t];
        }
        return sum;
    }

    private static void requireLength(String name, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(name + " has " + found + " entries for " + expected + " tokens");
        }
    }
}
