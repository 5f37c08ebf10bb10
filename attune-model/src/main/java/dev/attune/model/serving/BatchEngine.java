package dev.attune.model.serving;

import dev.attune.core.error.RunFailedException;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.tensor.BlockedMatrix;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An engine on a thread of its own. In each round it takes in waiting requests as places and memory allow, reads a part of new
 * prompts, and computes one more token of every sequence that has read its own. Requests start in the order in which they came.
 *
 * <p>The answer to a request has the same digits in any company: every product gives a row the same digits whatever other rows
 * there are ({@link CausalLm#isWhollyInBlocks()}; where it does not, sequences take turns), attention is computed row by row,
 * and prompts are always read in the same chunks.
 */
public final class BatchEngine implements TokenEngine {
    /** Tokens of prompts that are read in one round, so that running sequences do not wait long. */
    private static final int READ_TOKENS = 512;

    private final @Nullable CausalLm adapted;
    private final @Nullable CausalLm blocks;
    private final EngineOptions options;
    private final int maxPositions;
    private final Decoding decoding;
    private final PrefixCache prefixes;
    private final EngineCounts counts = new EngineCounts();
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final Thread thread;
    private volatile int places;
    private volatile long cachedTokens;
    private boolean closed;

    /**
     * Starts an engine.
     *
     * @param model stays the caller's, and is closed after the engine
     * @param adapters of this model, by the names in requests; closed with the engine
     */
    public BatchEngine(CausalLm model, Map<String, Adapter> adapters, EngineOptions options) {
        this.options = options;
        this.maxPositions = model.config().maxPositions();
        AdapterRows rows = adapters.isEmpty() ? null : new AdapterRows(adapters);
        this.adapted = rows == null ? null : CausalLm.adapted(model.asBase(), rows);
        CausalLm whole = adapted == null ? model : adapted;
        this.blocks = BlockedMatrix.isAvailable(model.parameters().dtype()) ? whole.inBlocks() : null;
        this.decoding = new Decoding(blocks == null ? whole : blocks, rows);
        this.prefixes = new PrefixCache(Math.min(options.prefixTokens(), options.cacheTokens()));
        this.thread = new Thread(this::run, "attune-engine");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Ticket submit(TokenRequest request, TokenSink sink) {
        check(request);
        Sequence sequence = new Sequence(request, sink);
        synchronized (waiting) {
            if (closed) {
                throw new RejectedExecutionException("the engine is closed");
            }
            if (waiting.size() >= options.queue() + Math.max(0, options.places() - places)) {
                counts.refused.incrementAndGet();
                throw new RejectedExecutionException(waiting.size() + " requests wait already");
            }
            waiting.add(sequence);
            waiting.notifyAll();
        }
        return () -> cancel(sequence);
    }

    private void check(TokenRequest request) {
        long tokens = (long) request.prompt().size() + request.maxNewTokens();
        if (request.prompt().isEmpty() || tokens > Math.min(maxPositions, options.cacheTokens())) {
            throw new IllegalArgumentException(
                    request.prompt().size() + " tokens of a prompt and " + request.maxNewTokens()
                            + " new ones, of at most " + Math.min(maxPositions, options.cacheTokens()));
        }
    }

    private void cancel(Sequence sequence) {
        if (!sequence.cancelled()) {
            sequence.cancel();
            synchronized (waiting) {
                if (waiting.remove(sequence)) {
                    counts.cancelled.incrementAndGet();
                }
                waiting.notifyAll();
            }
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                dropCancelled();
                takeIn();
                read();
                step();
                publish();
            }
        } finally {
            List<Sequence> left = new ArrayList<>(running);
            synchronized (waiting) {
                closed = true;
                left.addAll(waiting);
                waiting.clear();
            }
            running.clear();
            left.forEach(Sequence::close);
            prefixes.close();
            left.forEach(
                    sequence -> tell(() -> sequence.sink().failed(new RunFailedException("the engine was closed"))));
        }
    }

    /** A sink that throws must not take the engine and everybody's answers with it. */
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            counts.failed.incrementAndGet();
        }
    }

    /** @return false when the engine is closed */
    private boolean awaitWork() {
        synchronized (waiting) {
            while (!closed && waiting.isEmpty() && running.isEmpty()) {
                try {
                    waiting.wait();
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
            return !closed;
        }
    }

    private void dropCancelled() {
        for (Iterator<Sequence> all = running.iterator(); all.hasNext(); ) {
            Sequence sequence = all.next();
            if (sequence.cancelled()) {
                sequence.close();
                all.remove();
                counts.cancelled.incrementAndGet();
            }
        }
    }

    private void takeIn() {
        synchronized (waiting) {
            while (running.size() < options.places() && !waiting.isEmpty() && fits(waiting.element())) {
                running.add(waiting.remove());
            }
            places = running.size();
        }
        running.stream()
                .filter(sequence -> sequence.cachedTokens() == 0 && sequence.computed() == 0)
                .forEach(this::start);
    }

    /** Whether the sequence can hold all its tokens beside the running ones; kept prefixes give way. */
    private boolean fits(Sequence next) {
        long reserved = running.stream().mapToLong(Sequence::tokens).sum();
        long left = options.cacheTokens() - reserved - next.tokens();
        if (left < 0) {
            return false;
        }
        prefixes.shrink(left);
        return true;
    }

    private void start(Sequence sequence) {
        counts.promptTokens.addAndGet(sequence.prompt().length);
        sequence.open(decoding.cache(sequence));
        TokenRequest request = sequence.request();
        if (!decoding.readsChunks() || request.promptLogProbs()) {
            return;
        }
        for (List<Tensor> chunk : prefixes.find(request.adapter(), sequence.prompt())) {
            sequence.cache().append(chunk);
            sequence.compute(PrefixCache.CHUNK);
            counts.reusedTokens.addAndGet(PrefixCache.CHUNK);
        }
    }

    private void read() {
        List<Sequence> reading = new ArrayList<>();
        int tokens = 0;
        for (Sequence sequence : running) {
            if (!sequence.isRead() && !sequence.cancelled()) {
                tokens += decoding.nextPart(sequence);
                if (!reading.isEmpty() && tokens > READ_TOKENS) {
                    break;
                }
                reading.add(sequence);
            }
        }
        if (reading.isEmpty()) {
            return;
        }
        for (Decoding.Outcome outcome : decoding.read(reading)) {
            Sequence sequence = outcome.sequence();
            RuntimeException failure = outcome.failure();
            if (failure != null) {
                fail(sequence, failure);
                continue;
            }
            keepChunk(sequence);
            if (sequence.isRead()) {
                answer(sequence, outcome.token());
            }
        }
    }

    private void keepChunk(Sequence sequence) {
        int chunks = sequence.computed() / PrefixCache.CHUNK;
        boolean whole = sequence.computed() % PrefixCache.CHUNK == 0;
        long free = options.cacheTokens()
                - running.stream().mapToLong(Sequence::tokens).sum();
        String adapter = sequence.request().adapter();
        if (decoding.readsChunks()
                && whole
                && options.prefixTokens() >= PrefixCache.CHUNK
                && prefixes.tokens() + PrefixCache.CHUNK <= free
                && prefixes.misses(adapter, sequence.prompt(), chunks - 1)) {
            long from = (long) (chunks - 1) * PrefixCache.CHUNK;
            prefixes.put(
                    adapter, sequence.prompt(), chunks - 1, sequence.cache().copy(from, PrefixCache.CHUNK));
        }
    }

    private void answer(Sequence sequence, @Nullable SampledToken first) {
        tell(() -> sequence.promptLogProbs().forEach(sequence.sink()::prompt));
        if (first == null) {
            end(sequence, TokenSink.Finish.LENGTH);
        } else {
            deliver(sequence, first);
        }
    }

    private void step() {
        List<Sequence> rows = running.stream()
                .filter(sequence -> sequence.isRead() && !sequence.cancelled())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        for (Decoding.Outcome outcome : decoding.step(rows)) {
            SampledToken token = outcome.token();
            if (token == null) {
                RuntimeException failure = outcome.failure();
                fail(outcome.sequence(), failure == null ? new RunFailedException("no token") : failure);
            } else {
                deliver(outcome.sequence(), token);
            }
        }
    }

    private void deliver(Sequence sequence, SampledToken token) {
        if (sequence.cancelled()) {
            return;
        }
        counts.sampledTokens.incrementAndGet();
        try {
            TokenSink.Finish finish = sequence.add(token);
            if (finish != null) {
                end(sequence, finish);
            }
        } catch (RuntimeException e) {
            fail(sequence, e);
        }
    }

    private void end(Sequence sequence, TokenSink.Finish finish) {
        leave(sequence);
        counts.finished.incrementAndGet();
        tell(() -> sequence.sink().finished(finish));
    }

    private void fail(Sequence sequence, RuntimeException reason) {
        leave(sequence);
        counts.failed.incrementAndGet();
        tell(() -> sequence.sink().failed(reason));
    }

    private void leave(Sequence sequence) {
        running.remove(sequence);
        sequence.close();
    }

    private void publish() {
        places = running.size();
        cachedTokens = prefixes.tokens()
                + running.stream().mapToLong(Sequence::cachedTokens).sum();
    }

    @Override
    public EngineStatus status() {
        int queued;
        synchronized (waiting) {
            queued = waiting.size();
        }
        return new EngineStatus(
                places,
                queued,
                options.places(),
                cachedTokens,
                options.cacheTokens(),
                counts.promptTokens.get(),
                counts.reusedTokens.get(),
                counts.sampledTokens.get(),
                counts.finished.get(),
                counts.cancelled.get(),
                counts.failed.get(),
                counts.refused.get());
    }

    /** Ends the engine's thread, then frees what it holds. Requests that were not answered fail. */
    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        join();
        if (blocks != null) {
            blocks.close();
        }
        if (adapted != null) {
            adapted.close();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
