package dev.attune.cli.lab.crowd;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One who asks for a task, thinks, ranks it and asks for the next, until there is none. An answer that is not acknowledged is
 * sent again under the same name, as the page in a browser does when it is told to.
 */
final class Labeler implements Callable<@Nullable Void> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NO_CONTENT = 204;
    private static final int PAUSE_MILLIS = 100;
    private static final Pattern TASK = attribute("task");
    private static final Pattern SUBMISSION = attribute("submission");
    private static final Pattern CSRF = attribute("csrf");
    private static final Pattern COMPLETION = Pattern.compile("class=\"completion\"");

    private final HttpClient client;
    private final StudioProcess studio;
    private final String project;
    private final String session;
    private final Duration thinking;
    private final Consumer<Answer> acknowledged;

    Labeler(
            HttpClient client,
            StudioProcess studio,
            String project,
            String session,
            Duration thinking,
            Consumer<Answer> acknowledged) {
        this.client = client;
        this.studio = studio;
        this.project = project;
        this.session = session;
        this.thinking = thinking;
        this.acknowledged = acknowledged;
    }

    @Override
    public @Nullable Void call() throws InterruptedException {
        for (Optional<Page> page = ask(); page.isPresent(); page = ask()) {
            Thread.sleep(thinking.toMillis());
            submit(page.get());
        }
        return null;
    }

    private record Page(String task, String submission, String csrf, int completions) {}

    private Optional<Page> ask() throws InterruptedException {
        String html = answered(request("/projects/" + project + "/rank").GET()).body();
        if (html.contains("Nothing is left to rank")) {
            return Optional.empty();
        }
        return Optional.of(new Page(field(html, TASK), field(html, SUBMISSION), field(html, CSRF), (int)
                COMPLETION.matcher(html).results().count()));
    }

    private static Pattern attribute(String name) {
        return Pattern.compile("data-" + name + "=\"([^\"]+)\"");
    }

    private static String field(String html, Pattern attribute) {
        Matcher matcher = attribute.matcher(html);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + attribute + " in " + html);
        }
        return matcher.group(1);
    }

    private void submit(Page page) throws InterruptedException {
        HttpRequest.Builder request = request("/tasks/" + page.task() + "/rankings")
                .header("X-Csrf-Token", page.csrf())
                .POST(BodyPublishers.ofString(body(page)));
        long sent = System.nanoTime();
        HttpResponse<String> response = answered(request);
        if (response.statusCode() != NO_CONTENT) {
            throw new IllegalStateException(
                    "a ranking was answered by " + response.statusCode() + " " + response.body());
        }
        acknowledged.accept(new Answer(page.submission(), sent, System.nanoTime()));
    }

    /** The completions as they stand in the task, best first. */
    private static String body(Page page) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < page.completions(); i++) {
            order.append(i == 0 ? "" : ",").append('[').append(i).append(']');
        }
        return "{\"id\":\"" + page.submission()
                + "\",\"seconds\":1,\"judgements\":[{\"criterion\":\"helpful\",\"order\":[" + order
                + "],\"unranked\":[],\"all_bad\":false}]}";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(studio.address(path))
                .timeout(PATIENCE)
                .header("Cookie", "attune_session=" + session);
    }

    /** Tries until somebody answers. */
    private HttpResponse<String> answered(HttpRequest.Builder request) throws InterruptedException {
        while (true) {
            try {
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() < 500) {
                    return response;
                }
            } catch (IOException dead) {
                // killed: it comes back
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
