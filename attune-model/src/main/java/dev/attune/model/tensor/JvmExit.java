package dev.attune.model.tensor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Orders the exit of the JVM (Ctrl-C, a termination signal or {@link System#exit}): current work is finished first,
 * then backward passes are blocked. Exit destroys libtorch's globals while native code still runs on other threads, and
 * a backward pass would crash when it queries the accelerator.
 */
public final class JvmExit {
    private static final Set<Runnable> IN_HAND = ConcurrentHashMap.newKeySet();
    private static final ReentrantReadWriteLock BACKWARD = new ReentrantReadWriteLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(JvmExit::end, "attune-exit"));
    }

    private JvmExit() {}

    /** Makes the exit call {@code finish} on a separate thread and wait for it. */
    public static void waitFor(Runnable finish) {
        IN_HAND.add(finish);
    }

    /** Cancels {@link #waitFor}. */
    public static void forget(Runnable finish) {
        IN_HAND.remove(finish);
    }

    /** Runs a backward pass; blocks forever if the exit has passed the waiting. */
    static void backward(Runnable pass) {
        BACKWARD.readLock().lock();
        try {
            pass.run();
        } finally {
            BACKWARD.readLock().unlock();
        }
    }

    private static void end() {
        try {
            IN_HAND.forEach(Runnable::run);
        } finally {
            BACKWARD.writeLock().lock(); // forever
        }
    }
}
