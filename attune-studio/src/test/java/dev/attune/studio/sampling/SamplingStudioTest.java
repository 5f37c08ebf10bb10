package dev.attune.studio.sampling;

import static dev.attune.studio.StudioClient.file;
import static dev.attune.studio.StudioClient.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.feedback.Database;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.sampling.SamplingJob;
import dev.attune.feedback.sampling.SamplingJobs;
import dev.attune.feedback.sampling.SamplingPrompts;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StandInModels;
import dev.attune.studio.StudioClient;
import dev.attune.studio.Wiring;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Completions that stand-in models sample for prompts: at once, ahead of labelers, stopped, interrupted, failing, chosen. */
@ParameterizedClass
@EnumSource(Database.class)
class SamplingStudioTest {
    @Parameter
    Database database;

    @TempDir
    Path folder;

    private final StandInModels models = new StandInModels();
    private Store store;
    private SamplingJobs jobs;
    private SamplingPrompts prompts;
    private Queue queue;
    private FreshStudio studio;
    private StudioClient reviewer;
    private StudioClient labeler;
    private Labeler ada;
    private Labeler ben;
    private Project project;
    private Endpoint writer;
    private Endpoint other;
    private Endpoint reward;

    @BeforeEach
    void start() {
        studio = new FreshStudio(database, folder, Wiring.of(models));
        store = studio.store;
        jobs = new SamplingJobs(store);
        prompts = new SamplingPrompts(store);
        queue = new Queue(store);
        ada = studio.join("Ada", Role.ADMIN);
        ben = studio.join("Ben", Role.LABELER);
        reviewer = studio.client(studio.join("Rob", Role.REVIEWER));
        labeler = studio.client(ben);
        project = new Projects(store).add(Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL)), ada.id());
        new Members(store).add(project.id(), ben.id(), ada.id());
        writer = register("writer", Endpoint.Kind.DIRECTORY);
        other = register("other", Endpoint.Kind.DIRECTORY);
        reward = register("reward", Endpoint.Kind.REWARD);
    }

    @AfterEach
    void stop() {
        models.permits.release(1000);
        studio.close();
    }

    private Endpoint register(String name, Endpoint.Kind kind) {
        return new Endpoints(store).add(new Endpoint.Plan(name, kind, name, null, null), ada.id());
    }

    private String page() {
        return "/projects/" + project.id() + "/sampling";
    }

    private static String sampling(String temperature) {
        return part("temperature", temperature) + part("max_new_tokens", "20") + part("seed", "100");
    }

    private HttpResponse<String> send(StudioClient client, String parts) throws Exception {
        return client.upload(page(), sampling("1") + parts);
    }

    private SamplingJob begun(HttpResponse<String> sent) {
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        return jobs.of(project.id()).get(0);
    }

    private SamplingJob begin(String parts) throws Exception {
        return begun(send(reviewer, parts));
    }

    private String two(String prompts) {
        return part("prompts", prompts) + part("model", writer.id()) + part("completions", "2");
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "Question " + i).collect(Collectors.joining("\n"));
    }

    private static void eventually(String what, BooleanSupplier met) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!met.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(20);
        }
    }

    private void untilEnded(SamplingJob job) throws InterruptedException {
        eventually("the sampling job ends", () -> state(job) != SamplingJob.State.RUNNING);
    }

    private SamplingJob.State state(SamplingJob job) {
        return jobs.find(job.id()).orElseThrow().state();
    }

    private List<String> strings(String sql) {
        return store.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void typedPromptsAreSampledByModelsInTurn() throws Exception {
        SamplingJob job = begin(two("One\n\n <b>Two</b> ") + part("model", other.id()) + part("chat", "1"));
        untilEnded(job);
        assertThat(state(job)).isEqualTo(SamplingJob.State.DONE);
        assertThat(models.calls).hasSize(4).allMatch(call -> call.endsWith(" on attune-sampling"));
        assertThat(strings("SELECT content FROM prompt"))
                .containsExactlyInAnyOrder(
                        "[{\"role\":\"user\",\"content\":\"One\"}]",
                        "[{\"role\":\"user\",\"content\":\"<b>Two</b>\"}]");
        assertThat(strings("SELECT model FROM completion ORDER BY text"))
                .containsExactly("other", "other", "writer", "writer");
        assertThat(strings("SELECT sampling FROM completion WHERE text LIKE 'other%One%'"))
                .containsExactly("{\"endpoint\":\"" + other.id()
                        + "\",\"temperature\":1.0,\"max_new_tokens\":20,\"seed\":100,\"row\":0}");
        assertThat(reviewer.get(page()).body())
                .contains("2 prompts, done", "2 of 2 prompts sampled", "2 completions of writer, other");
        assertThat(labeler.get("/projects/" + project.id() + "/rank").body()).contains("writer hears 1: One");
    }

    @Test
    void filesOfPromptsAreRead() throws Exception {
        String rows = "{\"prompt\": \"Text\"}\n{\"prompt\": [{\"role\": \"user\", \"content\": \"Chat\"}]}\n";
        untilEnded(begin(two("") + file("p.jsonl", rows)));
        untilEnded(begin(two("Typed") + file("p.txt", "Line\n")));
        assertThat(strings("SELECT content FROM prompt ORDER BY created, id"))
                .containsExactlyInAnyOrder(
                        "\"Text\"", "[{\"role\":\"user\",\"content\":\"Chat\"}]", "\"Typed\"", "\"Line\"");
        assertThat(send(reviewer, two("") + file("p.jsonl", "{\"prompt\": }")).body())
                .startsWith("p.jsonl:1")
                .doesNotContain("/tmp");
        assertThat(send(reviewer, two("") + file("p.exe", "x")).body()).contains("another kind");
        assertThat(send(reviewer, two("")).body()).contains("prompts: found 0");
    }

    @Test
    void onlyReviewersDrawAndOnlyFromRegisteredModels() throws Exception {
        assertThat(labeler.get(page()).statusCode()).isEqualTo(403);
        assertThat(send(labeler, two("x")).statusCode()).isEqualTo(403);
        assertThat(reviewer.multipart(page(), sampling("1") + two("x")).statusCode())
                .as("without a token")
                .isEqualTo(403);
        for (String model : List.of("http://127.0.0.1:1", "writer", reward.id())) {
            String parts = part("prompts", "x") + part("model", model) + part("completions", "2");
            assertThat(send(reviewer, parts).statusCode()).as(model).isEqualTo(422);
        }
        assertThat(jobs.of(project.id())).isEmpty();
        assertThat(reviewer.get("/projects/" + project.id()).body()).contains(page());
        assertThat(labeler.get("/projects/" + project.id()).body()).doesNotContain(page());
    }

    @Test
    void aSamplingJobShowsItsProgressAndIsStopped() throws Exception {
        models.permits.drainPermits();
        SamplingJob job = begin(two(lines(9)));
        models.permits.release(3);
        eventually("three are sampled", () -> prompts.progress(job.id()).done() == 3);
        assertThat(reviewer.get(page()).body())
                .contains("9 prompts, running", "3 of 9 prompts sampled", "completions per minute", " left");
        String path = page() + "/" + job.id();
        assertThat(labeler.post(path + "/stop", "").statusCode()).isEqualTo(403);
        assertThat(reviewer.post(path + "/stop", "").statusCode()).isEqualTo(302);
        models.permits.release(1000);
        eventually(
                "the prompt at work is finished",
                () -> prompts.progress(job.id()).done() == 4);
        Thread.sleep(100);
        assertThat(prompts.progress(job.id()).waiting()).isEqualTo(5);
        assertThat(reviewer.get(page()).body()).contains("9 prompts, stopped", "Resume");
        reviewer.post(path + "/resume", "");
        untilEnded(job);
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(0, 9, 0));
        assertThat(strings("SELECT content FROM prompt")).hasSize(9).doesNotHaveDuplicates();
    }

    /** A prompt that is being sampled is finished first: its models answer one after the other. */
    private void closeWhileModelsAnswer() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        Thread answering = new Thread(() -> {
            while (!closed.get()) {
                models.permits.release();
                LockSupport.parkNanos(500_000_000);
            }
        });
        answering.start();
        studio.stop();
        closed.set(true);
        answering.join();
        models.permits.drainPermits();
    }

    @Test
    void aSamplingJobGoesOnAfterARestart() throws Exception {
        models.permits.drainPermits();
        SamplingJob job = begin(two(lines(6)));
        models.permits.release(2);
        eventually("two are sampled", () -> prompts.progress(job.id()).done() == 2);
        closeWhileModelsAnswer();
        SamplingJob.Progress closed = prompts.progress(job.id());
        assertThat(closed.failed()).isZero();
        assertThat(closed.waiting()).isPositive();
        assertThat(state(job)).isEqualTo(SamplingJob.State.RUNNING);
        models.permits.release(1000);
        studio.startAgain();
        untilEnded(job);
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(0, 6, 0));
        assertThat(strings("SELECT text FROM completion"))
                .as("each seed once, whenever it was sampled")
                .hasSize(12)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLeadFollowsTheLabelers() throws Exception {
        SamplingJob job = begin(two(lines(6)) + part("when", "lookahead") + part("lookahead", "2"));
        eventually("two tasks are ready", () -> prompts.openTasks(project.id()) == 2);
        Thread.sleep(100);
        assertThat(prompts.progress(job.id()).done()).isEqualTo(2);
        assertThat(labeler.get("/projects/" + project.id() + "/rank").body()).contains("Question 1");
        eventually(
                "the one that was taken is made up for",
                () -> prompts.progress(job.id()).done() == 3);
        for (int i = 1; i <= 6; i++) {
            eventually("a task is ready", () -> labelerRanks());
        }
        untilEnded(job);
        assertThat(labeler.get("/projects/" + project.id() + "/rank").body()).contains("Nothing is left to rank");
        assertThat(new Tasks(store).seats(project.id())).isEqualTo(Map.of("free", 0, "leased", 0, "done", 6));
    }

    private boolean labelerRanks() {
        try {
            labeler.get("/projects/" + project.id() + "/rank");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return queue.next(project, ben.id()).map(this::rank).isPresent();
    }

    private Submission.Outcome rank(Assignment task) {
        return queue.submit(new Submission(
                task.task(),
                task.task(),
                ben.id(),
                List.of(new Judgement("helpful", List.of(List.of(0, 1)), List.of(), false)),
                1));
    }

    /** Another labeler has not caught up, so that tasks are open; whoever asks and gets none gets one all the same. */
    @Test
    void whoeverAsksGetsATask() throws Exception {
        project = new Projects(store)
                .add(Project.Plan.of("Twice", List.of(Criterion.HELPFUL)).withOverlap(2), ada.id());
        new Members(store).add(project.id(), ben.id(), ada.id());
        SamplingJob job = begin(two(lines(3)) + part("when", "lookahead") + part("lookahead", "1"));
        eventually("a task is ready", () -> prompts.openTasks(project.id()) == 1);
        rank(queue.next(project, ben.id()).orElseThrow());
        HttpResponse<String> wait = labeler.get("/projects/" + project.id() + "/rank");
        assertThat(wait.body()).contains("being generated");
        assertThat(wait.headers().firstValue("Refresh")).contains("3");
        eventually("the next is sampled", () -> queue.next(project, ben.id()).isPresent());
        assertThat(prompts.progress(job.id()).done()).isEqualTo(2);
    }

    @Test
    void aPromptThatFailsIsNamedAndTheOthersGoOn() throws Exception {
        SamplingJob job = begin(two("One\nfar too long\nThree"));
        untilEnded(job);
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(0, 2, 1));
        assertThat(reviewer.get(page()).body())
                .contains("done, with failures", "1 failed", "found 9000 tokens, expected at most 2048", "Resume");
    }

    @Test
    void failuresInARowStopASamplingJob() throws Exception {
        Endpoint broken = register("broken", Endpoint.Kind.DIRECTORY);
        SamplingJob job = begin(part("prompts", lines(9)) + part("model", broken.id()) + part("completions", "2"));
        untilEnded(job);
        assertThat(state(job)).isEqualTo(SamplingJob.State.FAILED);
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(6, 0, 3));
        assertThat(reviewer.get(page()).body()).contains("stopped after failures", "no such directory");
    }

    @Test
    void sameAnswersAreNoTask() throws Exception {
        SamplingJob job = begun(reviewer.upload(page(), sampling("0") + two("One")));
        untilEnded(job);
        assertThat(prompts.reasons(job.id(), 1).get(0))
                .startsWith("2 answers were sampled, but only 1 distinct: use a higher temperature");
    }

    /**
     * Of scores 0, 10, 1 and 20 the closest are 0 and 1: P = sigmoid(1), entropy 0.582203. For odd seeds they are 0 and 0.5: P =
     * sigmoid(0.5) = 0.622459, entropy 0.622459 * 0.474077 + 0.377541 * 0.974077 = 0.662847, so that those tasks come first.
     */
    @Test
    void pairsThatTheRewardModelIsUnsureOfAreKeptAndComeFirst() throws Exception {
        SamplingJob job = begin(two("Even\nOdd") + part("reward", reward.id()));
        untilEnded(job);
        assertThat(prompts.reasons(job.id(), 3)).isEmpty();
        assertThat(strings("SELECT text FROM completion"))
                .containsExactlyInAnyOrder(
                        "writer hears 1: Even seed 100 row 0",
                        "writer hears 1: Even seed 100 row 2",
                        "writer hears 1: Odd seed 101 row 0",
                        "writer hears 1: Odd seed 101 row 2");
        List<Double> priorities = store.read(handle -> handle.createQuery("SELECT priority FROM task ORDER BY number")
                .mapTo(Double.class)
                .list());
        assertThat(priorities.get(0)).isCloseTo(0.582203, within(1e-6));
        assertThat(priorities.get(1)).isCloseTo(0.662847, within(1e-6));
        assertThat(queue.next(project, ben.id()).orElseThrow().number()).isEqualTo(2);
    }
}
