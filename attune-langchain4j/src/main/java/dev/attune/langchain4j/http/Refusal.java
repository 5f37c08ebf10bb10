package dev.attune.langchain4j.http;

import dev.langchain4j.exception.LangChain4jException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A request that the server refused, and whether to send it again. */
final class Refusal extends Exception {
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final LangChain4jException reason;
    private final boolean busy;
    private final transient Optional<Duration> asked;

    Refusal(int status, HttpHeaders headers, String body) {
        ApiError error = ApiError.of(status, body);
        this.reason = error.exception();
        this.busy = error.busy();
        this.asked = headers.firstValue("Retry-After").flatMap(text -> parse(text.strip(), Instant.now()));
    }

    LangChain4jException reason() {
        return reason;
    }

    boolean busy() {
        return busy;
    }

    /** What the server asked for, else twice as long each time. */
    Duration wait(int repeat) {
        return asked.orElse(FIRST_WAIT.multipliedBy(1L << Math.min(repeat, 20)));
    }

    /** A number of seconds, or a time. */
    static Optional<Duration> parse(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
