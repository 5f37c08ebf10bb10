package dev.attune.langchain4j.http;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Failures of the connection as LangChain4j's exceptions. */
final class Failures {
    private Failures() {}

    static LangChain4jException of(URI address, @Nullable Throwable failure) {
        if (failure instanceof LangChain4jException known) {
            return known;
        }
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException) {
            return new UnresolvedModelServerException(address + ": no such host; change the base URL", root);
        }
        if (failure instanceof HttpTimeoutException) {
            return new TimeoutException(address + ": cannot connect in time", failure);
        }
        if (failure instanceof ConnectException) {
            return new RetriableException(
                    address + ": cannot connect; start the server, or change the base URL", failure);
        }
        return new RetriableException(address + ": the connection broke: " + reason(failure), failure);
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    static TimeoutException late(URI address, Duration timeout) {
        return new TimeoutException(address + ": no answer within " + timeout.toMillis() / 1000.0 + " s");
    }

    static LangChain4jException interrupted(URI address, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new LangChain4jException(address + ": the waiting thread was interrupted", cause);
    }
}
