package dev.attune.feedback.endpoint;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server, with retries if it is busy. */
final class Calls {
    private static final long MAX_RESPONSE_BYTES = 16_000_000;
    private static final int TOO_MANY = 429;

    /** Follows no redirects: only the configured address is called. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final EndpointSettings settings;
    private final UnaryOperator<@Nullable String> environment;
    private final RateLimit limit;
    private final UsageMeter meter;

    /** @param environment returns an environment variable's value, or null */
    Calls(EndpointSettings settings, UnaryOperator<@Nullable String> environment, UsageMeter meter) {
        this.settings = settings;
        this.environment = environment;
        this.limit = new RateLimit(settings.requestsPerMinute());
        this.meter = meter;
    }

    String place() {
        return settings.completions().toString();
    }

    /** Sends a request and returns the body of the response. */
    String post(String body) {
        HttpRequest request = request(body);
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt >= settings.retries();
            Duration wait = settings.firstWait().multipliedBy(1L << Math.min(attempt, 16));
            sleep(limit.reserve());
            meter.request();
            try {
                HttpResponse<byte[]> answer = send(request);
                String text = new String(answer.body(), StandardCharsets.UTF_8);
                if (answer.statusCode() == 200) {
                    return text;
                }
                if (last || !busy(answer.statusCode())) {
                    throw refused(answer.statusCode(), text);
                }
                wait = RetryAfter.of(answer).orElse(wait);
            } catch (IOException broken) {
                if (last || broken instanceof LimitedBody.TooLarge) {
                    throw failed(reason(broken), broken);
                }
            }
            pause(wait);
        }
    }

    private static boolean busy(int status) {
        return status == TOO_MANY || status >= 500;
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.completions())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (settings.keyVariable() != null) {
            request.header("Authorization", "Bearer " + key(settings.keyVariable()));
        }
        return request.build();
    }

    private String key(String variable) {
        String key = environment.apply(variable);
        if (key == null || !key.strip().matches("[\\x21-\\x7e]+")) {
            throw BadInputException.at(
                    "environment variable " + variable,
                    key == null || key.isBlank() ? "nothing" : "something else",
                    "a key for " + settings.base(),
                    "set it where this program is started");
        }
        return key.strip();
    }

    /** Waits for the complete response within the timeout; the client's own timeout ends with the headers. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                CLIENT.sendAsync(request, head -> new LimitedBody(MAX_RESPONSE_BYTES));
        try {
            return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw failed("no answer within " + settings.timeout().toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private void pause(Duration wait) {
        if (wait.compareTo(RetryAfter.MAX_WAIT) > 0) {
            throw failed("the server requests a retry in " + wait.toSeconds() + " seconds");
        }
        sleep(wait);
    }

    private void sleep(Duration wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", e);
        }
    }

    private RuntimeException refused(int status, String body) {
        String complaint = ChatAnswer.complaint(body);
        if (busy(status)) {
            return failed("answer " + status + " after " + (settings.retries() + 1) + " tries: " + complaint);
        }
        return BadInputException.at(
                place(), "answer " + status + ": " + complaint, "a completion", "check address, model name and key");
    }

    private static String reason(IOException broken) {
        String message = broken.getMessage();
        return message == null || message.isBlank() ? broken.getClass().getSimpleName() : message;
    }

    private RunFailedException failed(String what) {
        return new RunFailedException(place() + ": " + what);
    }

    private RunFailedException failed(String what, Throwable cause) {
        return new RunFailedException(place() + ": " + what, cause);
    }
}
