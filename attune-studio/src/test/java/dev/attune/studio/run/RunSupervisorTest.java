package dev.attune.studio.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.run.MetricsLog;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.StoreUrl;
import dev.attune.studio.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that a queue starts, and that are found again. */
class RunSupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Store store;
    private Runs runs;
    private RunSupervisor supervisor;
    private String author;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(StoreUrl.parse(folder.resolve("studio.db").toString()));
        runs = new Runs(store);
        supervisor = new RunSupervisor(store, StandIn.in(folder), 1);
        author = new Labelers(store).add("Ada", Labeler.Role.ADMIN).id();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Run queue(String name, String recipe) throws IOException {
        RunPlace place = new RunPlace(Files.createDirectories(folder.resolve(name)));
        Files.writeString(place.recipe(), recipe);
        Run.Plan plan = new Run.Plan(null, "reward", null, new Run.Material(1, "ab"));
        return runs.add(plan, place.folder().toString(), author);
    }

    private Run again(Run run) {
        return runs.find(run.id()).orElseThrow();
    }

    private static RunPlace place(Run run) {
        return new RunPlace(Path.of(run.folder()));
    }

    private static long step(Run run) {
        return MetricsLog.read(place(run).run().path().resolve("metrics.jsonl")).lastStep();
    }

    private static Path hold(Run run) throws IOException {
        return Files.createFile(place(run).folder().resolve("hold"));
    }

    private void tendUntil(RunSupervisor by, BooleanSupplier reached) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        by.poll();
        while (!reached.getAsBoolean()) {
            assertThat(Instant.now()).as("runs " + runs.all()).isBefore(end);
            Thread.sleep(20);
            by.poll();
        }
    }

    @Test
    void runsGoOneAfterTheOther() throws Exception {
        Run first = queue("first", "method: reward\n");
        Path hold = hold(first);
        Run second = queue("second", "method: reward\n");
        tendUntil(supervisor, () -> step(first) == 3);
        assertThat(again(second).state()).isEqualTo(Run.State.QUEUED);
        Files.delete(hold);
        tendUntil(supervisor, () -> again(second).state().over());
        assertThat(runs.all()).extracting(Run::state).containsOnly(Run.State.FINISHED);
        assertThat(again(second).started()).isGreaterThanOrEqualTo(again(first).ended());
        assertThat(place(first).log()).content().isEqualTo("going on after step 0\n");
    }

    @Test
    void aFailureIsTold() throws Exception {
        Run run = queue("bad", "broken: yes\n");
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.FAILED);
        assertThat(again(run).message()).isEqualTo("exit status 3: attune: it is broken");
    }

    @Test
    void aProgramThatCannotBeStartedIsAFailure() throws Exception {
        Run run = queue("none", "method: reward\n");
        RunSupervisor wrong = new RunSupervisor(store, arguments -> java.util.List.of(folder + "/nothing"), 1);
        tendUntil(wrong, () -> again(run).state().over());
        assertThat(again(run).message()).startsWith("exit status 127").contains("not found");
    }

    @Test
    void whatWasStoppedGoesOnWhereItWas() throws Exception {
        Run run = queue("stopped", "method: reward\n");
        Path hold = hold(run);
        tendUntil(supervisor, () -> step(run) == 3);
        supervisor.stop(again(run), author);
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.STOPPED);
        Files.delete(hold);
        runs.resume(run.id(), author);
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.FINISHED);
        assertThat(Files.readAllLines(place(run).run().path().resolve("metrics.jsonl")))
                .hasSize(StandIn.STEPS);
        assertThat(place(run).log()).content().endsWith("going on after step 3\n");
    }

    @Test
    void aStudioThatStartsLaterFindsTheProcess() throws Exception {
        Run run = queue("found", "method: reward\n");
        Run next = queue("next", "method: reward\n");
        Path hold = hold(run);
        tendUntil(supervisor, () -> step(run) == 3);
        try (Store reopened =
                Store.open(StoreUrl.parse(folder.resolve("studio.db").toString()))) {
            RunSupervisor later = new RunSupervisor(reopened, StandIn.in(folder), 1);
            later.poll();
            assertThat(again(run).state()).isEqualTo(Run.State.RUNNING);
            Files.delete(hold);
            tendUntil(later, () -> again(next).state().over());
        }
        assertThat(runs.all()).extracting(Run::state).containsOnly(Run.State.FINISHED);
    }

    /** Killed between starting the process and writing down its number. */
    @Test
    void aStudioThatDiedWhileItStartedOneStartsNoSecond() throws Exception {
        Run run = queue("between", "method: reward\n");
        Path hold = hold(run);
        Run claimed = runs.claim(1).orElseThrow();
        RunProcess.start(
                StandIn.in(folder)
                        .with(java.util.List.of(
                                place(run).recipe().toString(),
                                "out=" + place(run).run().path())),
                place(run));
        supervisor.poll();
        assertThat(again(run).worker()).as("within the time of grace").isNull();
        while (!Files.exists(place(run).pid())) {
            Thread.sleep(20); // which takes no ten seconds where the time of grace is not cut short
        }
        makeOlder(claimed, Duration.ofSeconds(20));
        // the process is younger than the claim, and says of itself that it is the run's
        tendUntil(supervisor, () -> again(run).worker() != null);
        Files.delete(hold);
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.FINISHED);
        assertThat(Files.readAllLines(place(run).run().path().resolve("metrics.jsonl")))
                .hasSize(StandIn.STEPS);
    }

    @Test
    void aClaimWithoutAnyProcessGoesBackIntoTheQueue() throws Exception {
        Run run = queue("lost", "method: reward\n");
        makeOlder(runs.claim(1).orElseThrow(), Duration.ofSeconds(20));
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.FINISHED);
    }

    private void makeOlder(Run run, Duration by) {
        store.write(handle -> handle.createUpdate("UPDATE run SET started = started - :by WHERE id = :id")
                .bind("by", by.toMillis())
                .bind("id", run.id())
                .execute());
    }

    @Test
    void aLostProcessIsAFailureThatCanBeResumed() throws Exception {
        Run run = queue("vanished", "method: reward\n");
        Path hold = hold(run);
        tendUntil(supervisor, () -> step(run) == 3);
        Run.Worker worker = Optional.ofNullable(again(run).worker()).orElseThrow();
        ProcessHandle shell = ProcessHandle.of(worker.pid()).orElseThrow();
        java.util.List<ProcessHandle> all = shell.descendants().toList();
        shell.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).message()).contains("ended without an exit status");
        Files.delete(hold);
        runs.resume(run.id(), author);
        tendUntil(supervisor, () -> again(run).state().over());
        assertThat(again(run).state()).isEqualTo(Run.State.FINISHED);
    }
}
