package dev.attune.studio;

import dev.attune.feedback.store.Store;
import dev.attune.studio.loop.RoundWriter;
import dev.attune.studio.run.RunSupervisor;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The background threads: one polls the queue of runs, one writes new completions. */
final class Workers implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Workers.class.getName());
    private static final int PAUSE_MILLIS = 500;

    private final CountDownLatch closed = new CountDownLatch(1);

    void start(Store store, RunSupervisor supervisor, Wiring wiring) {
        if (wiring.trains()) {
            RoundWriter writer = new RoundWriter(store, wiring.models()::text);
            repeat("run-supervisor", supervisor::poll);
            repeat("round-writer", writer::poll);
        }
    }

    /** Runs on a platform thread, as engines require. */
    private void repeat(String name, Runnable work) {
        Thread thread = new Thread(() -> repeat(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void repeat(Runnable work) {
        boolean failing = false;
        while (!pausedUntilClosed()) {
            try {
                work.run();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing && closed.getCount() > 0) {
                    LOG.log(Level.WARNING, "the studio cannot poll its runs and keeps trying", e);
                }
                failing = true;
            }
        }
    }

    private boolean pausedUntilClosed() {
        try {
            return closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
