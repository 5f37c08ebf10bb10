package dev.attune.feedback.endpoint;

import dev.attune.core.error.RunStoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Calls of served models on several threads. */
public final class ParallelCalls {
    private ParallelCalls() {}

    /** A call that may write a log. */
    @FunctionalInterface
    public interface Call<T, R> {
        R of(T item) throws IOException;
    }

    /**
     * The results of one call per item, in order. With one thread the caller's own is used.
     *
     * @param threads calls at once, at least 1
     * @throws RunStoppedException if the thread is interrupted
     */
    public static <T, R> List<R> map(List<T> items, int threads, Function<T, R> call) {
        if (threads == 1 || items.size() < 2) {
            return items.stream().map(call).toList();
        }
        try {
            return onOtherThreads(items, threads, call::apply, "stopped between two calls; run it again to continue");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As {@link #map}, but never on the caller's thread, which waits and can be interrupted.
     *
     * @param stopped the message if it is
     * @throws IOException of a call
     */
    public static <T, R> List<R> onOtherThreads(List<T> items, int threads, Call<T, R> call, String stopped)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "call");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> all = new ArrayList<>();
            items.forEach(item -> all.add(pool.submit(() -> call.of(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> one : all) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException(stopped);
        } finally {
            pool.shutdownNow();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) throws IOException {
        if (e.getCause() instanceof IOException broken) {
            throw broken;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
