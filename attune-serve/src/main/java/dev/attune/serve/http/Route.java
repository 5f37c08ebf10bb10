package dev.attune.serve.http;

/** Answers requests of one path. */
@FunctionalInterface
public interface Route {
    void answer(Exchange exchange) throws InterruptedException;
}
