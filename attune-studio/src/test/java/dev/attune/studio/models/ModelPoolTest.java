package dev.attune.studio.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelPoolTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final ModelPool<Fake> pool = new ModelPool<>(2);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private final class Fake implements AutoCloseable {
        private final String name;
        private final AtomicInteger callers = new AtomicInteger();

        Fake(String name) {
            this.name = name;
            log.add("+" + name);
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        }

        int use() {
            int together = callers.incrementAndGet();
            Thread.yield();
            callers.decrementAndGet();
            return together;
        }

        @Override
        public void close() {
            log.add("-" + name);
            open.decrementAndGet();
        }
    }

    private int use(String name) {
        return pool.with(name, Fake::new, Fake::use);
    }

    @Test
    void theOneUnusedForLongestIsClosed() {
        List.of("a", "b", "a", "c", "a", "b").forEach(this::use);
        assertThat(log).containsExactly("+a", "+b", "-b", "+c", "-c", "+b");
        pool.close();
        assertThat(log.subList(6, 8)).containsExactlyInAnyOrder("-a", "-b");
        assertThatThrownBy(() -> use("a"))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("closing");
    }

    @Test
    void oneCallerAtATimeAndNeverTooManyOpen() throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String name = "abcd".substring(i % 4, i % 4 + 1);
            work.add(() -> use(name));
        }
        for (Future<Integer> together : threads.invokeAll(work)) {
            assertThat(together.get()).isEqualTo(1);
        }
        assertThat(mostOpen).hasValue(2);
        pool.close();
        assertThat(open).hasValue(0);
    }

    @Test
    void aModelThatCannotBeOpenedTakesNoPlace() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> pool.with(
                            "broken",
                            name -> {
                                throw BadInputException.at(name, "nothing", "a model", "check the path");
                            },
                            Fake::use))
                    .isInstanceOf(BadInputException.class);
        }
        use("a");
        use("b");
        assertThat(open).hasValue(2);
    }

    @Test
    void closingWaitsForTheWorkThatGoesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<String> work = threads.submit(() -> pool.with("a", Fake::new, fake -> {
            begun.countDown();
            awaitQuietly(go);
            return "open models: " + open.get();
        }));
        begun.await();
        Future<?> closing = threads.submit(pool::close);
        Thread.sleep(50);
        assertThat(closing.isDone()).isFalse();
        go.countDown();
        assertThat(work.get()).isEqualTo("open models: 1");
        closing.get();
        assertThat(open).hasValue(0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
