package dev.attune.feedback.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.PlaygroundVotes;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Registered models and sampling jobs, on every database. */
@ParameterizedClass
@EnumSource(Database.class)
class SamplingJobTest {
    private static final Prompt CHAT = Prompt.chat(Message.user("Hi"), Message.assistant("Yes?"), Message.user("漢字"));

    private final ManualClock clock = new ManualClock();
    private Store store;
    private Labeler ada;
    private Endpoints endpoints;
    private SamplingJobs jobs;
    private SamplingPrompts prompts;
    private Project project;
    private Endpoint local;
    private Endpoint reward;

    @Parameter
    Database database;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        ada = new Labelers(store).add("Ada", Labeler.Role.ADMIN);
        endpoints = new Endpoints(store);
        jobs = new SamplingJobs(store);
        prompts = new SamplingPrompts(store);
        project = new Projects(store)
                .add(Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL)).withOverlap(2), ada.id());
        local = endpoints.add(
                new Endpoint.Plan(" tiny ", Endpoint.Kind.DIRECTORY, " runs/tiny/model ", null, null), ada.id());
        clock.advance(Duration.ofMillis(1));
        reward = endpoints.add(
                new Endpoint.Plan("reward", Endpoint.Kind.REWARD, "runs/reward/model", null, null), ada.id());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Endpoint.Plan server(String name, String address, String model, String key) {
        return new Endpoint.Plan(name, Endpoint.Kind.ENDPOINT, address, model, key);
    }

    @Test
    void modelsComeBackAsTheyWereRegistered() {
        clock.advance(Duration.ofMillis(1));
        Endpoint server = endpoints.add(server("big", "https://host/v1", "big-7b", "BIG_API_KEY"), ada.id());
        assertThat(endpoints.all()).containsExactly(local, reward, server);
        assertThat(local.name() + local.address()).isEqualTo("tinyruns/tiny/model");
        assertThat(endpoints.find(server.id())).contains(server);
        assertThat(endpoints.writing(server.id())).isEqualTo(server);
        assertThat(endpoints.scoring(reward.id())).isEqualTo(reward);
        assertThatThrownBy(() -> endpoints.writing(reward.id())).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> endpoints.scoring(local.id())).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> endpoints.writing("https://evil.example")).isInstanceOf(BadInputException.class);
    }

    @Test
    void modelsThatAreNoneAreRefused() {
        for (Endpoint.Plan wrong : List.of(
                server("tiny", "http://host", "m", "A_API_KEY"),
                server(" ", "http://host", "m", "A_API_KEY"),
                server("a", "ftp://host", "m", "A_API_KEY"),
                server("a", "http://host", " ", "A_API_KEY"),
                server("a", "http://host", "m", "HOME"),
                new Endpoint.Plan("a", Endpoint.Kind.REWARD, "", null, null))) {
            assertThatThrownBy(() -> endpoints.add(wrong, ada.id()))
                    .as(wrong.toString())
                    .isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> Endpoint.Kind.of("file")).hasMessageContaining("directory, reward or endpoint");
        assertThat(endpoints.all()).hasSize(2);
    }

    @Test
    void aRetiredModelIsOutOfUseAndItsNameIsKept() {
        endpoints.retire(local.id(), ada.id());
        assertThat(endpoints.find(local.id()).orElseThrow().retired()).isTrue();
        assertThatThrownBy(() -> endpoints.writing(local.id())).hasMessageContaining("in use");
        assertThatThrownBy(() -> endpoints.add(
                        new Endpoint.Plan("tiny", Endpoint.Kind.DIRECTORY, "other", null, null), ada.id()))
                .hasMessageContaining("was taken");
    }

    private SamplingJob.Plan plan() {
        return new SamplingJob.Plan(List.of(local.id()), 2, reward.id(), 0.75, 64, -3, null);
    }

    private SamplingJob begin(Prompt... prompts) {
        return jobs.add(project, List.of(prompts), plan(), ada.id());
    }

    private static Tasks.Draft draft(Prompt prompt, double priority) {
        return new Tasks.Draft(
                prompt,
                List.of(new Ranking.Completion("a", "tiny", Map.of("seed", 7)), new Ranking.Completion("b", "tiny")),
                priority);
    }

    @Test
    void aJobGoesFromPromptToPrompt() {
        SamplingJob job = begin(Prompt.text("One"), CHAT, Prompt.text("Three"));
        assertThat(jobs.running()).containsExactly(job);
        assertThat(jobs.of(project.id())).containsExactly(job);
        assertThat(jobs.find(job.id())).contains(job);
        assertThat(job.plan().candidates()).isEqualTo(4);
        prompts.finish(job, 0, project, draft(Prompt.text("One"), 0));
        assertThat(prompts.next(job.id())).contains(new SamplingJob.Waiting(1, CHAT));
        prompts.fail(job.id(), 1, "too long");
        assertThat(prompts.next(job.id())).contains(new SamplingJob.Waiting(2, Prompt.text("Three")));
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(1, 1, 1));
        assertThat(prompts.reasons(job.id(), 3)).containsExactly("too long");
        prompts.finish(job, 0, project, draft(Prompt.text("One"), 0));
        assertThat(prompts.openTasks(project.id()))
                .as("sampled twice, kept once")
                .isEqualTo(1);
    }

    @Test
    void aSamplingJobIsStoppedAndGoesOn() {
        SamplingJob job = begin(Prompt.text("One"), Prompt.text("Two"));
        prompts.fail(job.id(), 0, "no answer");
        jobs.end(job.id(), SamplingJob.State.FAILED, "no answer", ada.id());
        jobs.end(job.id(), SamplingJob.State.DONE, "", ada.id());
        assertThat(jobs.running()).isEmpty();
        SamplingJob failed = jobs.find(job.id()).orElseThrow();
        assertThat(failed.state()).as("what ended ends once").isEqualTo(SamplingJob.State.FAILED);
        assertThat(failed.message()).isEqualTo("no answer");
        jobs.resume(job.id(), ada.id());
        assertThat(jobs.running()).containsExactly(job);
        assertThat(prompts.progress(job.id())).isEqualTo(new SamplingJob.Progress(2, 0, 0));
    }

    @Test
    void plansThatCannotBeCarriedOutAreRefused() {
        String id = local.id();
        for (SamplingJob.Plan wrong : List.of(
                new SamplingJob.Plan(List.of(), 2, null, 1, 8, 0, null),
                new SamplingJob.Plan(List.of("made-up"), 2, null, 1, 8, 0, null),
                new SamplingJob.Plan(List.of(id), 1, null, 1, 8, 0, null),
                new SamplingJob.Plan(List.of(id), 11, null, 1, 8, 0, null),
                new SamplingJob.Plan(List.of(id), 2, id, 1, 8, 0, null),
                new SamplingJob.Plan(List.of(id), 2, null, Double.NaN, 8, 0, null),
                new SamplingJob.Plan(List.of(id), 2, null, 1, 0, 0, null),
                new SamplingJob.Plan(List.of(id), 2, null, 1, 8, 0, 0))) {
            assertThatThrownBy(() -> jobs.add(project, List.of(CHAT), wrong, ada.id()))
                    .as(wrong.toString())
                    .isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> begin()).hasMessageContaining("prompts");
        assertThat(jobs.of(project.id())).isEmpty();
    }

    private List<String> strings(String sql) {
        return store.read(handle -> handle.createQuery(sql)
                .map((row, context) -> String.valueOf(row.getString(1)))
                .list());
    }

    @Test
    void howACompletionWasSampledIsKept() {
        new Tasks(store).add(project, List.of(draft(CHAT, 0)), ada.id());
        assertThat(strings("SELECT sampling FROM completion ORDER BY text")).containsExactly("{\"seed\":7}", "null");
    }

    @Test
    void tasksOfAHigherPriorityComeFirst() {
        List<String> ids = new Tasks(store)
                .add(project, List.of(draft(CHAT, 0), draft(CHAT, 0.2), draft(CHAT, 0.6), draft(CHAT, 0.2)), ada.id());
        Queue queue = new Queue(store);
        List<String> order = IntStream.range(0, 4)
                .mapToObj(i -> {
                    Assignment next = queue.next(project, ada.id()).orElseThrow();
                    queue.submit(answer(next.task()));
                    return next.task();
                })
                .toList();
        assertThat(order).containsExactly(ids.get(2), ids.get(1), ids.get(3), ids.get(0));
    }

    private Submission answer(String task) {
        return new Submission(
                task + "x",
                task,
                ada.id(),
                List.of(new Judgement("helpful", List.of(List.of(0, 1)), List.of(), false)),
                1);
    }

    @Test
    void openTasksAreThoseThatSomebodyCanTake() {
        new Tasks(store).add(project, List.of(draft(CHAT, 0)), ada.id());
        Queue queue = new Queue(store);
        for (String name : List.of("Ann", "Bob")) {
            assertThat(prompts.openTasks(project.id())).isEqualTo(1);
            queue.next(
                    project, new Labelers(store).add(name, Labeler.Role.LABELER).id());
        }
        assertThat(prompts.openTasks(project.id())).isZero();
        clock.advance(Duration.ofHours(1));
        assertThat(prompts.openTasks(project.id())).as("leases that ended").isEqualTo(1);
    }

    @Test
    void aVoteIsARankingLikeAnyOther() {
        PlaygroundVotes votes = new PlaygroundVotes(store);
        PlaygroundVotes.Vote vote = new PlaygroundVotes.Vote(
                "turn-1",
                project,
                draft(CHAT, 0),
                List.of(1, 0),
                ada.id(),
                new Judgement("helpful", List.of(List.of(1), List.of(0)), List.of(), true),
                4);
        assertThat(votes.cast(vote)).isEqualTo(Submission.Outcome.KEPT);
        assertThat(votes.cast(vote)).as("sent again").isEqualTo(Submission.Outcome.KNOWN);
        List<Ranking> rankings = new Rankings(store).of(project.id());
        assertThat(rankings).hasSize(1);
        assertThat(rankings.get(0).prompt()).isEqualTo(CHAT);
        assertThat(rankings.get(0).order()).containsExactly(List.of(1), List.of(0));
        assertThat(rankings.get(0).labeler()).isEqualTo("Ada");
        assertThat(strings("SELECT shown FROM ranking")).containsExactly("[1,0]");
        assertThat(strings("SELECT all_bad FROM ranking")).containsExactly("1");
        assertThat(new Tasks(store).seats(project.id()))
                .containsEntry("done", 1)
                .containsEntry("free", 0);
    }

    @Test
    void aVoteUnderAnotherCriterionLeavesNothing() {
        PlaygroundVotes.Vote vote = new PlaygroundVotes.Vote(
                "turn-1",
                project,
                draft(CHAT, 0),
                List.of(0, 1),
                ada.id(),
                new Judgement("honest", List.of(List.of(0, 1)), List.of(), false),
                4);
        assertThatThrownBy(() -> new PlaygroundVotes(store).cast(vote)).isInstanceOf(BadInputException.class);
        assertThat(strings("SELECT id FROM task")).isEmpty();
    }

    @Test
    void tasksThatAreAddedAtOnceCountOn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> work = () -> {
                for (int i = 0; i < 10; i++) {
                    new Tasks(store).add(project, List.of(draft(CHAT, 0)), ada.id());
                }
                return 10;
            };
            for (Future<Integer> one : threads.invokeAll(List.of(work, work, work, work))) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(strings("SELECT MAX(number) FROM task")).containsExactly("40");
    }
}
