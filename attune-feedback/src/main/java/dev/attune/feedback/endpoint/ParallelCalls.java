package dev.attune.feedback.endpoint;

import dev.attune.core.error.RunStoppedException;
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
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), work -> {
            Thread thread = new Thread(work, "call");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> all = new ArrayList<>();
            items.forEach(item -> all.add(pool.submit(() -> call.apply(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> one : all) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException("stopped between two calls; run it again to continue");
        } finally {
            pool.shutdownNow();
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
