package dev.attune.training.run;

import dev.attune.model.tensor.JvmExit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Detects a request to end the JVM (Ctrl-C, SIGTERM) and makes the exit wait until this is closed, up to a time limit.
 */
final class ExitRequest implements AutoCloseable {
    private static final long MAX_MINUTES = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable wait = this::await;
    private volatile boolean made;

    ExitRequest() {
        JvmExit.waitFor(wait);
    }

    boolean made() {
        return made;
    }

    private void await() {
        made = true;
        try {
            closed.await(MAX_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        JvmExit.forget(wait);
        closed.countDown();
    }
}
