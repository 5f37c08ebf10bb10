package dev.attune.serve.generation;

import dev.attune.core.error.BadInputException;
import dev.attune.model.serving.TokenEngine;
import dev.attune.model.serving.TokenRequest;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.text.AnswerText;
import dev.attune.serve.text.TokenBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The answers of one HTTP request while an engine computes them. Closing it cancels what is not finished. */
public final class Generation implements AutoCloseable {
    private final List<ChoiceRun> choices = new ArrayList<>();
    private final List<TokenEngine.Ticket> tickets = new ArrayList<>();
    private final LongConsumer firstToken;
    private final long start = System.nanoTime();
    private boolean began;
    private boolean changed;
    private @Nullable RuntimeException failure;

    private Generation(LongConsumer firstToken) {
        this.firstToken = firstToken;
    }

    /**
     * Queues all answers of a request, or none.
     *
     * @param requests one per answer
     * @param stops as in {@link AnswerText}
     * @param lead as in {@link AnswerText}
     * @param firstToken told the nanoseconds until the first token, on the engine's thread
     * @throws ApiException if the queue is full
     */
    public static Generation start(
            TokenEngine engine,
            TokenBytes bytes,
            List<TokenRequest> requests,
            List<String> stops,
            String lead,
            LongConsumer firstToken) {
        Generation generation = new Generation(firstToken);
        try {
            for (TokenRequest request : requests) {
                ChoiceRun run = new ChoiceRun(generation, new AnswerText(bytes, stops, lead), request.endTokens());
                generation.choices.add(run);
                generation.tickets.add(engine.submit(request, run));
            }
            return generation;
        } catch (RejectedExecutionException e) {
            generation.close();
            throw ApiException.full("the queue of the model is full; try again later"
                    + (requests.size() > 1
                            ? ", or ask for fewer answers at once: this request has " + requests.size()
                            : ""));
        } catch (BadInputException | IllegalArgumentException e) {
            generation.close();
            throw ApiException.invalid(
                    null, Objects.requireNonNullElse(e.getMessage(), "the model refuses the request"));
        }
    }

    /** Waits until something came, but not longer than this. */
    public synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!changed && failure == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    /** From now on {@link #await} waits for what comes next, without taking what came. */
    public synchronized void waitForMore() {
        changed = done();
    }

    /** What came since the last call, one element per answer. */
    public synchronized List<Delta> take() {
        changed = false;
        return choices.stream().map(ChoiceRun::take).toList();
    }

    /** Whether all answers are whole. */
    public synchronized boolean done() {
        return choices.stream().allMatch(ChoiceRun::done);
    }

    /** Why the engine could not go on, or null. */
    public synchronized @Nullable RuntimeException failure() {
        return failure;
    }

    /** Nanoseconds since the start. */
    public long elapsed() {
        return System.nanoTime() - start;
    }

    void tokenCame() {
        if (!began) {
            began = true;
            firstToken.accept(elapsed());
        }
        changed();
    }

    synchronized void changed() {
        changed = true;
        notifyAll();
    }

    synchronized void fail(RuntimeException reason) {
        failure = reason;
        changed();
    }

    @Override
    public void close() {
        if (!done()) {
            tickets.forEach(TokenEngine.Ticket::cancel);
        }
    }
}
