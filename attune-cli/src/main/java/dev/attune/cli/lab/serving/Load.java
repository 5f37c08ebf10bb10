package dev.attune.cli.lab.serving;

import dev.attune.core.error.RunFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Clients that ask at the same time, each the next question as soon as it has an answer. */
public final class Load {
    private Load() {}

    /** Asks questions 0 to {@code count} - 1; the answers in their order. */
    public static <T> List<T> run(int clients, int count, IntFunction<Callable<T>> question)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<T>> started = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                started.add(threads.submit(question.apply(i)));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : started) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new RunFailedException("a request failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }
}
