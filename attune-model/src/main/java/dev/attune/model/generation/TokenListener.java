package dev.attune.model.generation;

/** Receives every token when it is sampled, on a generating thread, never two at once. */
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

    /** A listener that is called by one thread at a time. */
    static TokenListener exclusive(TokenListener listener) {
        Object lock = new Object();
        return listener == NONE
                ? NONE
                : (row, token, logProb) -> {
                    synchronized (lock) {
                        listener.sampled(row, token, logProb);
                    }
                };
    }
}
