package dev.attune.model.serving;

import java.util.concurrent.RejectedExecutionException;

/** Computes the tokens of many requests together. */
public interface TokenEngine extends AutoCloseable {
    /**
     * Queues a request.
     *
     * @return its place, with which it can be cancelled
     * @throws RejectedExecutionException if the queue is full
     */
    Ticket submit(TokenRequest request, TokenSink sink);

    /** Counts of what happened and happens. */
    EngineStatus status();

    @Override
    void close();

    /** A request that was taken in. */
    interface Ticket {
        /** Forgets the request: nothing more is computed for it, and its sink is not called again. May be called twice. */
        void cancel();
    }
}
