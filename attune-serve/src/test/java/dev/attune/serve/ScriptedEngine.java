package dev.attune.serve;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.serving.EngineStatus;
import dev.attune.model.serving.SampledToken;
import dev.attune.model.serving.TokenEngine;
import dev.attune.model.serving.TokenRequest;
import dev.attune.model.serving.TokenSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;

/**
 * A test double: no model, but the queue, the places, cancelling and ends of a real engine. A token is what the constraint
 * forces, or the one with the largest bias, or what the script has at this place, or a random one by seed and choice.
 */
final class ScriptedEngine implements TokenEngine {
    static final int RANDOM_VOCABULARY = 400;

    private static final class Sequence {
        final TokenRequest request;
        final TokenSink sink;
        int sampled;
        boolean read;

        Sequence(TokenRequest request, TokenSink sink) {
            this.request = request;
            this.sink = sink;
        }
    }

    private final int places;
    private final int queueLimit;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final Thread thread;
    private volatile BiFunction<TokenRequest, Integer, Integer> script = (request, at) -> 300 + at;
    private volatile long stepMillis;
    private volatile boolean closed;
    private volatile RuntimeException failure;
    private volatile int failAt;
    long prompts;
    long tokens;
    long finished;
    long cancelled;
    long failed;
    long refused;
    volatile TokenRequest last;

    ScriptedEngine(int places, int queueLimit) {
        this.places = places;
        this.queueLimit = queueLimit;
        this.thread = new Thread(this::run, "scripted-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** The token at each place of an answer; null: the answer ends there. */
    ScriptedEngine script(BiFunction<TokenRequest, Integer, Integer> next) {
        script = next;
        return this;
    }

    ScriptedEngine script(int... ids) {
        return script((request, at) -> at < ids.length ? Integer.valueOf(ids[at]) : null);
    }

    ScriptedEngine step(long millis) {
        stepMillis = millis;
        return this;
    }

    ScriptedEngine failAt(int token, RuntimeException reason) {
        failAt = token;
        failure = reason;
        return this;
    }

    @Override
    public Ticket submit(TokenRequest request, TokenSink sink) {
        Sequence sequence = new Sequence(request, sink);
        synchronized (this) {
            last = request;
            if (waiting.size() >= queueLimit) {
                refused++;
                throw new RejectedExecutionException("full");
            }
            waiting.add(sequence);
            notifyAll();
        }
        return () -> cancel(sequence);
    }

    private synchronized void cancel(Sequence sequence) {
        if (waiting.remove(sequence) || running.remove(sequence)) {
            cancelled++;
        }
    }

    private void run() {
        try {
            while (!closed) {
                for (Sequence sequence : admit()) {
                    step(sequence);
                }
                if (stepMillis > 0) {
                    Thread.sleep(stepMillis);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Sequence> admit() throws InterruptedException {
        while (waiting.isEmpty() && running.isEmpty() && !closed) {
            wait();
        }
        while (running.size() < places && !waiting.isEmpty()) {
            running.add(waiting.remove());
        }
        return List.copyOf(running);
    }

    private synchronized void step(Sequence sequence) {
        if (!running.contains(sequence)) {
            return;
        }
        TokenRequest request = sequence.request;
        if (failure != null && sequence.sampled == failAt) {
            running.remove(sequence);
            failed++;
            sequence.sink.failed(failure);
            return;
        }
        if (!sequence.read) {
            sequence.read = true;
            prompts += request.prompt().size();
            if (request.promptLogProbs()) {
                for (int i = 0; i < request.prompt().size(); i++) {
                    sequence.sink.prompt(token(request, request.prompt().get(i), i == 0 ? Float.NaN : -i / 8f));
                }
            }
        }
        if (request.maxNewTokens() == 0) {
            end(sequence, TokenSink.Finish.LENGTH);
            return;
        }
        int id = next(request, sequence.sampled++);
        tokens++;
        boolean more = sequence.sink.sampled(token(request, id, -0.5f));
        TokenConstraint constraint = request.constraint();
        if (constraint != null && !request.endTokens().contains(id)) {
            constraint.accept(id);
        }
        if (request.endTokens().contains(id) || (constraint != null && constraint.isComplete())) {
            end(sequence, TokenSink.Finish.END);
        } else if (!more) {
            end(sequence, TokenSink.Finish.STOPPED);
        } else if (sequence.sampled == request.maxNewTokens()) {
            end(sequence, TokenSink.Finish.LENGTH);
        }
    }

    private void end(Sequence sequence, TokenSink.Finish reason) {
        running.remove(sequence);
        finished++;
        sequence.sink.finished(reason);
    }

    private int next(TokenRequest request, int at) {
        TokenConstraint constraint = request.constraint();
        if (constraint != null) {
            BitSet allowed = constraint.allowed(request.maxNewTokens() - at);
            Integer wanted = script.apply(request, at);
            int end = request.endTokens().iterator().next();
            int id = wanted == null ? end : wanted;
            return allowed.get(id) ? id : allowed.nextSetBit(0);
        }
        var best = request.logitBias().entrySet().stream().max(Map.Entry.comparingByValue());
        if (best.isPresent() && best.get().getValue() > 0) {
            return best.get().getKey();
        }
        if (request.temperature() > 0) {
            return 300 + new Random(request.seed() * 31 + request.choice() * 1009L + at).nextInt(RANDOM_VOCABULARY);
        }
        Integer id = script.apply(request, at);
        return id == null ? request.endTokens().iterator().next() : id;
    }

    private static SampledToken token(TokenRequest request, int id, float logProb) {
        Integer top = request.topLogProbs();
        List<SampledToken.Alternative> others = new ArrayList<>();
        for (int i = 0; top != null && i < top && !Float.isNaN(logProb); i++) {
            others.add(new SampledToken.Alternative(
                    i == 0 ? id : 260 + i, i == 4 ? Float.NEGATIVE_INFINITY : logProb - i));
        }
        return new SampledToken(id, top == null ? Float.NaN : logProb, others);
    }

    @Override
    public synchronized EngineStatus status() {
        return new EngineStatus(
                running.size(),
                waiting.size(),
                places,
                0,
                100_000,
                prompts,
                0,
                tokens,
                finished,
                cancelled,
                failed,
                refused);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
