package dev.attune.model.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that share the work of a batch: each does a part of the rows from beginning to end, with kernels
 * of a single thread. So threads wait for each other once per batch. Threads inside operations wait at every operation,
 * and if another process takes a core away from one of them, all others wait for it each time.
 *
 * <p>Their number W is {@link Engine#threads()}. Results do not depend on which thread ends first: they are the same bit
 * for bit in every run with the same W.
 */
public final class Workers {
    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private Workers() {}

    /** The number of workers, at least 1; on a GPU 1. */
    public static int count() {
        return Engine.device().isCuda() ? 1 : Engine.threads();
    }

    /** How many workers {@code parts} parts of work can use, at least 1; 1 on a worker itself. */
    public static int useful(int parts) {
        return INSIDE.get() ? 1 : Math.max(1, Math.min(count(), parts));
    }

    /**
     * Calls a function for every part and waits; each part has a thread, and the caller's gradient mode. A single part,
     * or work that is already on a worker, runs on the calling thread.
     *
     * @return the results by part
     * @throws RuntimeException that of the lowest part that failed, after all parts have ended
     */
    public static <T> List<T> map(int parts, IntFunction<T> work) {
        if (parts <= 1 || INSIDE.get()) {
            return IntStream.range(0, parts).mapToObj(work).toList();
        }
        List<AtomicReference<@Nullable Result<T>>> results = new ArrayList<>();
        CountDownLatch finished = new CountDownLatch(parts);
        Pool.enter();
        boolean gradients = GradMode.is_enabled();
        for (int part = 0; part < parts; part++) {
            int index = part;
            AtomicReference<@Nullable Result<T>> result = new AtomicReference<>();
            results.add(result);
            Pool.THREADS.execute(() -> {
                result.set(run(index, work, gradients));
                finished.countDown();
            });
        }
        await(finished);
        Pool.leave();
        return results.stream().map(result -> valueOf(result.get())).toList();
    }

    /** Like {@link #map}, without results. */
    public static void run(int parts, Part work) {
        map(parts, part -> {
            work.run(part);
            return true;
        });
    }

    /**
     * Calls a function for every item and waits; a worker that is free takes the next item. The result of an item must
     * depend on nothing but the item.
     *
     * @return the results in the order of the items
     */
    public static <T, R> List<R> mapEach(List<T> items, Function<T, R> work) {
        int workers = useful(items.size());
        if (workers == 1) {
            return items.stream().map(work).toList();
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReferenceArray<R> results = new AtomicReferenceArray<>(items.size());
        run(workers, worker -> {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                results.set(i, work.apply(items.get(i)));
            }
        });
        return IntStream.range(0, items.size()).mapToObj(results::get).toList();
    }

    /** The work of one part. */
    public interface Part {
        void run(int part);
    }

    private record Result<T>(@Nullable T value, @Nullable Throwable failure) {}

    private static <T> Result<T> run(int part, IntFunction<T> work, boolean gradients) {
        GradMode.set_enabled(gradients);
        try {
            return new Result<>(work.apply(part), null);
        } catch (RuntimeException | Error e) {
            return new Result<>(null, e);
        }
    }

    private static <T> T valueOf(@Nullable Result<T> result) {
        if (result == null) {
            throw new IllegalStateException("a part without a result");
        }
        if (result.failure instanceof RuntimeException failure) {
            throw failure;
        }
        if (result.failure instanceof Error failure) {
            throw failure;
        }
        T value = result.value;
        if (value == null) {
            throw new IllegalStateException("a part whose result is null");
        }
        return value;
    }

    /** Native work cannot be interrupted, so an interrupt is only passed on. */
    private static void await(CountDownLatch finished) {
        boolean interrupted = false;
        while (finished.getCount() > 0) {
            try {
                finished.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Pool {
        private static final AtomicInteger NUMBER = new AtomicInteger();
        private static int busy;
        private static final ExecutorService THREADS = Executors.newCachedThreadPool(Pool::thread);

        private static Thread thread(Runnable work) {
            Thread thread = new Thread(
                    () -> {
                        useOneThread();
                        INSIDE.set(true);
                        work.run();
                    },
                    "attune-worker-" + NUMBER.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        }

        /** libtorch gives a thread its number of threads at its first question, which is asked here. */
        private static synchronized void useOneThread() {
            torch.set_num_threads(1);
            torch.get_num_threads();
        }

        /** Products on workers have one thread each. */
        private static synchronized void enter() {
            if (busy++ == 0) {
                Engine.useBlasThreads(1);
            }
        }

        /** A new worker has changed the default of the threads that have not asked yet. */
        private static synchronized void leave() {
            torch.set_num_threads(Engine.threads());
            if (--busy == 0) {
                Engine.useBlasThreads(Engine.threads());
            }
        }
    }
}
