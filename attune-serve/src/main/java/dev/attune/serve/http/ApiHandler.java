package dev.attune.serve.http;

import dev.attune.core.error.BadInputException;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.metrics.Metrics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Guards and answers every request. */
public final class ApiHandler extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());
    private static final String OPEN_PATH = "/health";
    private static final int LEFT = 499;

    private final Routes routes;
    private final Keys keys;
    private final Origins origins;
    private final Metrics metrics;
    private final long maxBodyBytes;
    private final Semaphore places;
    private final int maxRequests;

    /** @param maxRequests at once; further ones are refused, except those that are answered at once */
    public ApiHandler(Routes routes, Keys keys, Origins origins, Metrics metrics, long maxBodyBytes, int maxRequests) {
        this.routes = routes;
        this.keys = keys;
        this.origins = origins;
        this.metrics = metrics;
        this.maxBodyBytes = maxBodyBytes;
        this.maxRequests = maxRequests;
        this.places = new Semaphore(maxRequests);
    }

    /** Takes no further requests, and waits until those that are computed have their answer, but not longer than this. */
    public void drain(Duration longest) {
        try {
            places.tryAcquire(maxRequests, longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        Exchange exchange = new Exchange(request, response, maxBodyBytes);
        int status = LEFT;
        boolean place = exchange.method().equals("POST") && places.tryAcquire();
        try {
            status = answer(exchange, place);
            callback.succeeded();
        } catch (ClientLeftException e) {
            metrics.clientLeft();
            callback.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, exchange.method() + " " + exchange.path() + " failed", e);
            callback.failed(e);
        } finally {
            if (place) {
                places.release();
            }
            metrics.request(routes.name(exchange.path()), status, System.nanoTime() - start);
        }
        return true;
    }

    private int answer(Exchange exchange, boolean place) throws InterruptedException {
        exchange.setHeader("X-Content-Type-Options", "nosniff");
        try {
            origins.addHeaders(exchange);
            if (!origins.answersPreflight(exchange)) {
                guarded(exchange, place);
            }
        } catch (ApiException e) {
            refuse(exchange, e);
            return e.status();
        } catch (BadInputException e) {
            refuse(exchange, ApiException.invalid(null, Objects.requireNonNull(e.getMessage())));
            return 400;
        } catch (ClientLeftException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.ERROR, exchange.method() + " " + exchange.path() + " failed", e);
            refuse(exchange, ApiException.failed("the server failed at this request; the details are in its log"));
            return 500;
        }
        return exchange.status();
    }

    private void guarded(Exchange exchange, boolean place) throws InterruptedException {
        if (!exchange.path().equals(OPEN_PATH)) {
            keys.check(exchange.header("Authorization"));
        }
        Route route = routes.find(exchange).route();
        if (!place && exchange.method().equals("POST")) {
            throw ApiException.full("the server has too many requests at once; try again later");
        }
        route.answer(exchange);
    }

    /** After the status was sent, the refusal is an event, and the stream has no regular end. */
    private static void refuse(Exchange exchange, ApiException refusal) {
        if (exchange.streaming()) {
            exchange.events("data: " + refusal.json() + "\n\n");
            exchange.endEvents();
            return;
        }
        if (refusal.status() == 401) {
            exchange.setHeader("WWW-Authenticate", "Bearer");
        }
        exchange.error(refusal);
    }
}
