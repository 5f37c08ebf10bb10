package dev.attune.model.tensor;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs backward passes and keeps the JVM from exiting in the midst of one. Exit destroys libtorch's globals while native
 * code still runs on other threads, and a backward pass then crashes where it asks for the accelerator.
 */
final class BackwardPass {
    private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock();

    static {
        // Taken for good: the exit waits for the passes that run, and none begins after them.
        Runtime.getRuntime().addShutdownHook(new Thread(RUNNING.writeLock()::lock, "attune-exit"));
    }

    private BackwardPass() {}

    /** Gathers the gradients of a rank-0 tensor. */
    static void from(org.bytedeco.pytorch.Tensor loss) {
        RUNNING.readLock().lock();
        try {
            loss.backward();
        } finally {
            RUNNING.readLock().unlock();
        }
    }
}
