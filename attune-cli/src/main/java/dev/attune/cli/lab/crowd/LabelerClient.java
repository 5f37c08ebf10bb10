package dev.attune.cli.lab.crowd;

import dev.attune.studio.ranking.OpenTask;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated labeler: requests a task, waits, ranks it, and repeats this until no task is left. A submission without
 * acknowledgement is sent again with the same id, like the page in a browser.
 */
final class LabelerClient implements Callable<@Nullable Void> {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int NO_CONTENT = 204;
    private static final int PAUSE_MILLIS = 100;

    private final HttpClient client;
    private final StudioProcess studio;
    private final String project;
    private final String session;
    private final Duration thinking;
    private final Consumer<AcknowledgedRanking> acknowledged;

    LabelerClient(
            HttpClient client,
            StudioProcess studio,
            String project,
            String session,
            Duration thinking,
            Consumer<AcknowledgedRanking> acknowledged) {
        this.client = client;
        this.studio = studio;
        this.project = project;
        this.session = session;
        this.thinking = thinking;
        this.acknowledged = acknowledged;
    }

    @Override
    public @Nullable Void call() throws InterruptedException {
        for (Optional<OpenTask> open = ask(); open.isPresent(); open = ask()) {
            Thread.sleep(thinking.toMillis());
            submit(open.get());
        }
        return null;
    }

    private Optional<OpenTask> ask() throws InterruptedException {
        return OpenTask.of(
                answered(request("/projects/" + project + "/rank").GET()).body());
    }

    private void submit(OpenTask open) throws InterruptedException {
        HttpRequest.Builder request = request(open.path())
                .header("X-Csrf-Token", open.csrf())
                .POST(BodyPublishers.ofString(open.inOrder("helpful")));
        long sent = System.nanoTime();
        HttpResponse<String> response = answered(request);
        if (response.statusCode() != NO_CONTENT) {
            throw new IllegalStateException(
                    "a ranking was answered by " + response.statusCode() + " " + response.body());
        }
        acknowledged.accept(new AcknowledgedRanking(open.submission(), sent, System.nanoTime()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(studio.address(path))
                .timeout(TIMEOUT)
                .header("Cookie", "attune_session=" + session);
    }

    /** Repeats the request until it is answered. */
    private HttpResponse<String> answered(HttpRequest.Builder request) throws InterruptedException {
        while (true) {
            try {
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() < 500) {
                    return response;
                }
            } catch (IOException dead) {
                // killed: the studio restarts
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
