package dev.attune.model.generation;

/** Hears of every token as it is drawn, on the generating thread. */
@FunctionalInterface
public interface TokenListener {
    /**
     * @param row which prompt, from 0 in the order given
     * @param token the id
     * @param logProb as in {@link Generated#logProbs()}
     */
    void drawn(int row, int token, float logProb);

    /** Hears nothing. */
    TokenListener NONE = (row, token, logProb) -> {};
}
