package dev.attune.model.tensor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The end of the JVM, by Ctrl-C, by a request to end or by {@link System#exit}, in its order: what is in hand is finished
 * first, and then no backward pass runs any more. Exit destroys libtorch's globals while native code still runs on other
 * threads, and a backward pass would crash where it asks for the accelerator.
 */
public final class JvmExit {
    private static final Set<Runnable> IN_HAND = ConcurrentHashMap.newKeySet();
    private static final ReentrantReadWriteLock BACKWARD = new ReentrantReadWriteLock();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(JvmExit::end, "attune-exit"));
    }

    private JvmExit() {}

    /** Makes the exit wait for {@code finish}, which it then calls on a thread of its own. */
    public static void waitFor(Runnable finish) {
        IN_HAND.add(finish);
    }

    /** The exit need not wait for it any more. */
    public static void forget(Runnable finish) {
        IN_HAND.remove(finish);
    }

    /** Does not return where the exit is past waiting. */
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
            BACKWARD.writeLock().lock(); // for good
        }
    }
}
