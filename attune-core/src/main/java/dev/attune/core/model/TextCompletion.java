package dev.attune.core.model;

/**
 * A completion by a language model.
 *
 * @param text the completion without prompt and end token
 * @param tokens how many tokens were generated, the end token included
 * @param logProbability natural log of the probability of those tokens under the sampling temperature
 * @param stop why generation ended
 */
public record TextCompletion(String text, int tokens, double logProbability, StopReason stop) {
    /** Why a completion ended. */
    public enum StopReason {
        END_TOKEN,
        STOP_STRING,
        LENGTH
    }
}
