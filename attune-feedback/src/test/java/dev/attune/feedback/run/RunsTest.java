package dev.attune.feedback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The queue of runs, on every database. */
@ParameterizedClass
@EnumSource(Database.class)
class RunsTest {
    private static final Round.Request REQUEST = new Round.Request("runs/new/model", "base", 5, 2, 16, 1, 7);

    private final ManualClock clock = new ManualClock();
    private Store store;
    private String author;
    private Project project;
    private Runs runs;
    private Rounds rounds;

    @Parameter
    Database database;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        author = new Labelers(store).add("Ada", Labeler.Role.ADMIN).id();
        project = new Projects(store).add(Project.Plan.of("Kind", List.of(Criterion.HELPFUL)), author);
        runs = new Runs(store);
        rounds = new Rounds(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Run add(String folder) {
        clock.advance(Duration.ofSeconds(1));
        return runs.add(
                new Run.Plan(project.id(), "reward", null, new Run.Material(12, "ab".repeat(32))), folder, author);
    }

    private Run again(Run run) {
        return runs.find(run.id()).orElseThrow();
    }

    @Test
    void runsAreClaimedInTurnAndNoMoreThanTheJobs() {
        Run first = add("/runs/1");
        Run second = add("/runs/2");
        Run claimed = runs.claim(1).orElseThrow();
        assertThat(claimed.id()).isEqualTo(first.id());
        assertThat(claimed.plan()).isEqualTo(first.plan());
        assertThat(runs.claim(1)).as("one at a time").isEmpty();
        assertThat(runs.claim(2).orElseThrow().id()).isEqualTo(second.id());
        runs.end(claimed, Run.State.FINISHED, "");
        assertThat(again(first).state()).isEqualTo(Run.State.FINISHED);
        assertThat(runs.claim(2)).as("nothing waits").isEmpty();
        assertThat(runs.of(project.id())).extracting(Run::folder).containsExactly("/runs/1", "/runs/2");
    }

    @Test
    void aRunThatIsResumedGoesToTheEndOfTheQueue() {
        Run first = add("/runs/1");
        Run second = add("/runs/2");
        assertThat(runs.stop(first.id(), author).state())
                .as("nothing works on it")
                .isEqualTo(Run.State.STOPPED);
        assertThat(runs.resume(first.id(), author).state()).isEqualTo(Run.State.QUEUED);
        clock.advance(Duration.ofSeconds(1));
        runs.stop(first.id(), author);
        runs.resume(first.id(), author);
        assertThat(runs.claim(1).orElseThrow().id()).isEqualTo(second.id());
        assertThat(runs.resume(second.id(), author).state())
                .as("it runs already")
                .isEqualTo(Run.State.RUNNING);
    }

    @Test
    void whoSawAnEarlierProcessEndSaysNothingOfALaterOne() {
        add("/runs/1");
        Run claimed = runs.claim(1).orElseThrow();
        runs.workedOnBy(claimed, new Run.Worker(77, 1_000));
        assertThat(again(claimed).worker()).isEqualTo(new Run.Worker(77, 1_000));
        assertThat(runs.stop(claimed.id(), author).state()).isEqualTo(Run.State.STOPPING);
        runs.end(claimed, Run.State.STOPPED, "");
        runs.resume(claimed.id(), author);
        clock.advance(Duration.ofSeconds(1));
        Run later = runs.claim(1).orElseThrow();
        assertThat(later.worker()).isNull();
        runs.end(claimed, Run.State.FAILED, "from before");
        runs.workedOnBy(claimed, new Run.Worker(77, 1_000));
        assertThat(again(later)).isEqualTo(later);
        runs.giveBack(later);
        assertThat(again(later).state()).isEqualTo(Run.State.QUEUED);
    }

    /** Concurrent studios. */
    @Test
    void manyWhoStartRunsStartEachOnceAndOneAtATime() throws Exception {
        for (int i = 0; i < 12; i++) {
            add("/runs/" + i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<List<String>>> work = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                work.add(this::startAll);
            }
            List<String> started = new ArrayList<>();
            for (Future<List<String>> one : threads.invokeAll(work)) {
                started.addAll(one.get());
            }
            assertThat(started).hasSize(12).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> startAll() {
        List<String> started = new ArrayList<>();
        while (runs.all().stream().anyMatch(run -> run.state() == Run.State.QUEUED)) {
            Optional<Run> claimed = runs.claim(1);
            claimed.ifPresent(run -> {
                assertThat(runs.working()).extracting(Run::id).containsExactly(run.id());
                started.add(run.id());
                runs.end(run, Run.State.FINISHED, "");
            });
        }
        return started;
    }

    @Test
    void aRoundBecomesTasksOnceThoughItsHolderVanished() {
        Run run = add("/runs/1");
        rounds.add(project.id(), run.id(), REQUEST, author);
        Rounds.Held vanished = rounds.claim().orElseThrow();
        assertThat(vanished.round().request()).isEqualTo(REQUEST);
        assertThat(rounds.claim()).as("it is held").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        rounds.renew(vanished);
        clock.advance(Duration.ofSeconds(90));
        assertThat(rounds.claim()).as("it was renewed").isEmpty();
        clock.advance(Duration.ofMinutes(1));
        Rounds.Held other = rounds.claim().orElseThrow();
        List<Tasks.Draft> drafts = List.of(new Tasks.Draft(
                Prompt.text("Hello?"),
                List.of(new Ranking.Completion("Hi", "new"), new Ranking.Completion("No", "old"))));
        rounds.finish(vanished, project, drafts);
        rounds.fail(vanished, "late");
        assertThat(new Tasks(store).prompts(project.id())).isEmpty();
        rounds.finish(other, project, drafts);
        assertThat(new Tasks(store).prompts(project.id())).containsExactly(Prompt.text("Hello?"));
        assertThat(rounds.of(project.id())).singleElement().satisfies(round -> {
            assertThat(round.state()).isEqualTo(Round.State.FINISHED);
            assertThat(round.tasks()).isEqualTo(1);
        });
    }

    @Test
    void aRoundThatFailsSaysWhy() {
        rounds.add(project.id(), add("/runs/1").id(), REQUEST, author);
        rounds.fail(rounds.claim().orElseThrow(), "no such model");
        assertThat(rounds.of(project.id())).extracting(Round::message).containsExactly("no such model");
        assertThat(rounds.claim()).isEmpty();
    }
}
