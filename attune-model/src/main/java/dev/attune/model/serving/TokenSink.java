package dev.attune.model.serving;

/**
 * Receives the tokens of one request, on the engine's thread: returns at once, and waits for nothing. After
 * {@link #finished} or {@link #failed} nothing more comes; one of them always does, unless the request was cancelled.
 */
public interface TokenSink {
    /** A token of the prompt, if they were asked for: all of them, in order, before the first sampled one. */
    default void prompt(SampledToken token) {}

    /**
     * A sampled token, an end token included.
     *
     * @return false if no further token is needed: the sequence then ends with {@link Finish#STOPPED}
     */
    boolean sampled(SampledToken token);

    /** The sequence ended. */
    void finished(Finish reason);

    /** The engine could not go on. */
    void failed(RuntimeException reason);

    /** Why a sequence ended. */
    enum Finish {
        /** An end token was sampled, or the constraint was complete. */
        END,
        /** The sink needed no more. */
        STOPPED,
        /** The number of new tokens was reached. */
        LENGTH
    }
}
