package dev.attune.model.generation;

/** Receives every token when it is sampled, on the generating thread. */
@FunctionalInterface
public interface TokenListener {
    /**
     * @param row index of the prompt, from 0
     * @param token the id
     * @param logProb as in {@link Generated#logProbs()}
     */
    void sampled(int row, int token, float logProb);

    /** Ignores all tokens. */
    TokenListener NONE = (row, token, logProb) -> {};
}
