package dev.attune.langchain4j.http;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer while they come. A slow reader slows the sender down; closing ends the connection, so that the server
 * stops computing.
 */
public final class LineStream implements Flow.Subscriber<String>, AutoCloseable {
    private static final int AHEAD = 64;
    /** Longest wait for the end of a stream whose last event came. */
    private static final Duration END = Duration.ofMillis(500);

    /** @param line null at the end */
    private record Item(@Nullable String line, @Nullable Throwable failure) {}

    private final URI address;
    private final Duration timeout;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;

    LineStream(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /** Completed when the server answered with a success. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /**
     * The next line; null at the end, or after {@link #close}.
     *
     * @throws dev.langchain4j.exception.LangChain4jException if the connection breaks or nothing comes within the timeout
     */
    public @Nullable String next() {
        if (closed) {
            return null;
        }
        Item item;
        try {
            item = items.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw Failures.interrupted(address, e);
        }
        if (closed) {
            return null;
        }
        if (item == null) {
            throw Failures.late(address, timeout);
        }
        if (item.failure() != null) {
            throw Failures.of(address, item.failure());
        }
        if (item.line() != null) {
            request(1);
        }
        return item.line();
    }

    /** Reads to the end, which is near after the last event, so that the connection serves further requests. */
    public void finish() {
        long deadline = System.nanoTime() + END.toNanos();
        try {
            Item item = items.poll(END.toNanos(), TimeUnit.NANOSECONDS);
            while (item != null && item.line() != null) {
                request(1);
                item = items.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void request(int lines) {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.request(lines);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        if (closed) {
            source.cancel();
        } else {
            source.request(AHEAD);
        }
        opened.complete(null);
    }

    @Override
    public void onNext(String line) {
        items.add(new Item(line, null));
    }

    @Override
    public void onError(Throwable failure) {
        items.add(new Item(null, failure));
    }

    @Override
    public void onComplete() {
        items.add(new Item(null, null));
    }

    /** Ends the connection if it is open. May be called by any thread, and again. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
        items.add(new Item(null, null));
    }
}
