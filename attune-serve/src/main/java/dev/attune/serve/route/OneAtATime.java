package dev.attune.serve.route;

import dev.attune.serve.error.ApiException;
import dev.attune.serve.http.ClientLeftException;
import dev.attune.serve.http.Exchange;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets one request at a time compute with a model, in the order in which they came. */
final class OneAtATime {
    private static final int MOST_WAITING = 64;

    private final Map<Object, Semaphore> turns = new ConcurrentHashMap<>();

    /** @throws ApiException if too many wait */
    <T> T run(Object model, Exchange exchange, Supplier<T> work) throws InterruptedException {
        Semaphore turn = turns.computeIfAbsent(model, key -> new Semaphore(1, true));
        if (turn.getQueueLength() >= MOST_WAITING) {
            throw ApiException.full("the queue of the model is full; try again later");
        }
        while (!turn.tryAcquire(250, TimeUnit.MILLISECONDS)) {
            if (exchange.clientLeft()) {
                throw new ClientLeftException();
            }
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }
}
