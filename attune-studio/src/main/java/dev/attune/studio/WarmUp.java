package dev.attune.studio;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Folders;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.models.FailureText;
import dev.attune.studio.ranking.OpenTask;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ranks made-up tasks over HTTP in a studio with a temporary database, so that the code of requests is loaded and compiled
 * before a team reconnects after a restart.
 */
final class WarmUp {
    private static final System.Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final int TASKS = 250;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String session;
    private final String project;

    private WarmUp(URI address, String session, String project) {
        this.address = address;
        this.session = session;
        this.project = project;
    }

    /** A failure is logged; the studio then starts without a warm-up. */
    static void run(Path temporary) {
        try {
            Path folder = Files.createTempDirectory(temporary, "attune-warm-up");
            try {
                rankIn(folder);
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the studio could not warm up: " + FailureText.line(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rankIn(Path folder) throws IOException, InterruptedException {
        StoreUrl database = StoreUrl.parse(folder.resolve("studio.db").toString());
        try (Store store = Store.open(database);
                Studio studio = Studio.start(new StudioOptions(database, "127.0.0.1", 0, folder, 1))) {
            new Invitations(store).invite(Labeler.Role.LABELER, null);
            Labeler labeler = new Labelers(store).add("Nobody", Labeler.Role.LABELER);
            Project project =
                    new Projects(store).add(Project.Plan.of("Warm-up", List.of(Criterion.HELPFUL)), labeler.id());
            new Members(store).add(project.id(), labeler.id(), labeler.id());
            new Tasks(store)
                    .add(
                            project,
                            IntStream.range(0, TASKS).mapToObj(WarmUp::draft).toList(),
                            labeler.id());
            WarmUp warmUp = new WarmUp(URI.create(studio.address()), new Accounts(store).begin(labeler), project.id());
            long end = System.nanoTime() + TIMEOUT.toNanos();
            for (int task = 0; task < TASKS && System.nanoTime() < end; task++) {
                warmUp.rank();
            }
        }
    }

    private static Tasks.Draft draft(int number) {
        return new Tasks.Draft(
                Prompt.text("Question " + number),
                Stream.of("*One*", "**Two**", "Three")
                        .map(text -> new Ranking.Completion(text, "model"))
                        .toList());
    }

    private void rank() throws IOException, InterruptedException {
        String page = send(request("/projects/" + project + "/rank").GET()).body();
        OpenTask open = OpenTask.of(page).orElseThrow();
        send(request(open.path())
                .header("X-Csrf-Token", open.csrf())
                .POST(BodyPublishers.ofString(open.inOrder(Criterion.HELPFUL.name()))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Cookie", "attune_session=" + session);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("warming up: " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }
}
