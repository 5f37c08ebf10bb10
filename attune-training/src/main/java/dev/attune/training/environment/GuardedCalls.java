package dev.attune.training.environment;

import dev.attune.core.error.RunFailedException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Calls to environments on a separate thread, one after the other, each with a time limit. A call that exceeds it is
 * abandoned together with its thread, and the remaining calls run on another one.
 */
public final class GuardedCalls implements AutoCloseable {
    private static final long NANOS_A_MILLISECOND = 1_000_000;

    private final double limitSeconds;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "attune-environment");
        thread.setDaemon(true);
        return thread;
    });

    /** @param limitSeconds for each call */
    public GuardedCalls(double limitSeconds) {
        this.limitSeconds = limitSeconds;
    }

    /** The outcomes, in order. */
    public <T> List<Outcome<T>> all(List<Callable<T>> calls) {
        List<Outcome<T>> outcomes = new ArrayList<>();
        while (outcomes.size() < calls.size()) {
            Pass<T> pass = new Pass<>(calls.subList(outcomes.size(), calls.size()));
            threads.execute(pass);
            outcomes.addAll(pass.await());
        }
        return outcomes;
    }

    /** Hanging calls run on daemon threads; they cannot be interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The calls that run on one thread. */
    private final class Pass<T> implements Runnable {
        private final List<Callable<T>> calls;
        private final List<Outcome<T>> outcomes = new ArrayList<>();
        private long startedAt = System.nanoTime();
        private boolean givenUp;
        private @Nullable Error end;

        Pass(List<Callable<T>> calls) {
            this.calls = calls;
        }

        @Override
        public void run() {
            for (Callable<T> call : calls) {
                Outcome<T> outcome = outcome(call);
                if (!keep(outcome)) {
                    return;
                }
            }
        }

        private synchronized boolean keep(Outcome<T> outcome) {
            if (givenUp) {
                return false;
            }
            outcomes.add(outcome);
            startedAt = System.nanoTime();
            if (outcomes.size() == calls.size()) {
                notifyAll();
            }
            return true;
        }

        private synchronized void broken(Error error) {
            end = error;
            notifyAll();
        }

        /** The outcomes when all calls are done or one exceeds the limit; the last outcome is then its fault. */
        synchronized List<Outcome<T>> await() {
            long limit = (long) (limitSeconds * 1e9);
            try {
                while (outcomes.size() < calls.size()) {
                    if (end != null) {
                        throw end;
                    }
                    long left = limit - (System.nanoTime() - startedAt);
                    if (left <= 0) {
                        givenUp = true;
                        outcomes.add(Outcome.fault("took longer than " + plain(limitSeconds) + " seconds"));
                        break;
                    }
                    wait(left / NANOS_A_MILLISECOND + 1);
                }
                return List.copyOf(outcomes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunFailedException("interrupted while waiting for environments");
            }
        }

        /** Records exceptions of the environment as faults; errors such as OutOfMemoryError pass through. */
        private Outcome<T> outcome(Callable<T> call) {
            try {
                return Outcome.of(call.call());
            } catch (OutOfMemoryError | InternalError e) {
                broken(e);
                throw e;
            } catch (Throwable e) {
                String message = e.getMessage();
                return Outcome.fault(
                        "threw " + e.getClass().getName() + (message == null ? "" : ": " + oneLine(message)));
            }
        }
    }

    private static String plain(double seconds) {
        return BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
