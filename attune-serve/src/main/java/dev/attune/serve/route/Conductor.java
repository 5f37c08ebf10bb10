package dev.attune.serve.route;

import dev.attune.core.error.BadInputException;
import dev.attune.serve.answer.Answer;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.generation.Delta;
import dev.attune.serve.generation.Generation;
import dev.attune.serve.http.ClientLeftException;
import dev.attune.serve.http.Exchange;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Waits for the tokens of a request and sends its answer, while the client is there and the time has not passed. */
final class Conductor {
    private static final System.Logger LOG = System.getLogger(Conductor.class.getName());
    private static final long LOOK_MILLIS = 250;
    private static final String DONE = "data: [DONE]\n\n";
    private static final String SILENCE = ": keep-alive\n\n";

    private final ServerState state;
    private final Exchange exchange;
    private final Generation generation;
    private long lastLook = System.nanoTime();

    Conductor(ServerState state, Exchange exchange, Generation generation) {
        this.state = state;
        this.exchange = exchange;
        this.generation = generation;
    }

    /** @param stream whether as events */
    void answer(Answer answer, boolean stream) throws InterruptedException {
        if (stream) {
            stream(answer);
        } else {
            whole(answer);
        }
    }

    /** Answers when everything is there. */
    private void whole(Answer answer) throws InterruptedException {
        while (!generation.done()) {
            generation.await(LOOK_MILLIS);
            check();
            if (!generation.done()) {
                generation.waitForMore();
            }
        }
        exchange.json(200, answer.whole(generation.take()));
    }

    /** Answers with events as tokens come. */
    private void stream(Answer answer) throws InterruptedException {
        exchange.beginEvents();
        answer.begin(this::send);
        long lastEvent = System.nanoTime();
        boolean done = false;
        while (!done) {
            generation.await(Math.min(LOOK_MILLIS, state.keepAlive().toMillis()));
            check();
            done = generation.done();
            List<Delta> deltas = generation.take();
            if (deltas.stream().allMatch(Delta::isEmpty)) {
                if (System.nanoTime() - lastEvent >= state.keepAlive().toNanos()) {
                    exchange.events(SILENCE);
                    lastEvent = System.nanoTime();
                }
            } else {
                answer.add(deltas, this::send);
                lastEvent = System.nanoTime();
            }
        }
        answer.end(this::send);
        exchange.events(DONE);
        exchange.endEvents();
    }

    private void send(ObjectNode event) {
        exchange.events("data: " + event + "\n\n");
    }

    private void check() {
        RuntimeException failure = generation.failure();
        if (failure != null) {
            throw failed(failure);
        }
        long now = System.nanoTime();
        if (now - lastLook >= Duration.ofMillis(LOOK_MILLIS).toNanos()) {
            lastLook = now;
            if (exchange.clientLeft()) {
                throw new ClientLeftException();
            }
            if (state.isClosing()) {
                throw ApiException.unavailable("closing", "the server is shutting down");
            }
        }
        if (!state.timeout().isZero() && generation.elapsed() > state.timeout().toNanos()) {
            state.metrics().timeout();
            throw ApiException.timeout("the answer took longer than "
                    + state.timeout().toMillis() / 1000.0 + " s, the most that this server allows");
        }
    }

    private static ApiException failed(RuntimeException failure) {
        if (failure instanceof ApiException refusal) {
            return refusal;
        }
        if (failure instanceof BadInputException wrong) {
            return ApiException.invalid(null, Objects.requireNonNull(wrong.getMessage()));
        }
        LOG.log(Level.ERROR, "the engine failed at a request", failure);
        return ApiException.failed("the model failed at this request; the details are in the server's log");
    }
}
