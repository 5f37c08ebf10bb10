package dev.attune.feedback.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Submission.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class StoreTest {
    private static final String ODD =
            "Robert'); DROP TABLE ranking;-- <script>alert(1)</script> \u0000\u2028 \"quoted\" 漢字"
                    .replace("\u0000", "");

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Store store;
    private Labeler admin;
    private Tasks tasks;
    private Queue queue;
    private Project project;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        admin = new Labelers(store).add("Ada", Labeler.Role.ADMIN);
        tasks = new Tasks(store);
        queue = new Queue(store);
        project = new Projects(store)
                .add(
                        Project.Plan.of("Kind answers", List.of(Criterion.HELPFUL, Criterion.HARMLESS))
                                .withOverlap(2)
                                .withLeaseSeconds(60)
                                .withGuideline("Be *fair*."),
                        admin.id());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<String> addTasks(int count) {
        List<Tasks.Draft> drafts = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Tasks.Draft(
                        Prompt.text("Question " + i),
                        List.of(
                                new Ranking.Completion("first", "model-a"),
                                new Ranking.Completion("second", null),
                                new Ranking.Completion("third", "model-b"))))
                .toList();
        return tasks.add(project, drafts, admin.id());
    }

    private String labeler(String name) {
        return new Labelers(store).add(name, Labeler.Role.LABELER).id();
    }

    private Assignment next(String labeler) {
        return queue.next(project, labeler).orElseThrow();
    }

    private static Submission answer(String id, String task, String labeler) {
        List<List<Integer>> order = List.of(List.of(2), List.of(0, 1));
        return new Submission(
                id,
                task,
                labeler,
                List.of(
                        new Judgement("helpful", order, List.of(), false),
                        new Judgement("harmless", List.of(List.of(1)), List.of(0, 2), true)),
                12.5);
    }

    @Test
    void aTaskIsHandedToAsManyAsOverlapEach() {
        List<String> ids = addTasks(2);
        String ann = labeler("Ann");
        String bob = labeler("Bob");
        String cem = labeler("Cem");
        assertThat(next(ann).task()).isEqualTo(ids.get(0));
        assertThat(next(bob).task()).isEqualTo(ids.get(0));
        assertThat(next(cem).task()).as("two seats are taken").isEqualTo(ids.get(1));
        assertThat(next(ann).task()).as("the open one comes again").isEqualTo(ids.get(0));
        assertThat(tasks.seats(project.id())).isEqualTo(Map.of("free", 1, "leased", 3, "done", 0));
        queue.submit(answer("s1", ids.get(0), ann));
        assertThat(next(ann).task()).isEqualTo(ids.get(1));
        queue.submit(answer("s2", ids.get(1), ann));
        assertThat(queue.next(project, ann)).as("nothing is left").isEmpty();
    }

    @Test
    void anAssignmentShowsTheTaskInAnOrderOfItsOwn() {
        addTasks(80);
        String ann = labeler("Ann");
        List<List<Integer>> orders = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            Assignment assignment = next(ann);
            assertThat(assignment.completions()).containsExactly("first", "second", "third");
            assertThat(assignment.shown()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(next(ann).shown()).isEqualTo(assignment.shown());
            assertThat(assignment.guideline()).isEqualTo(new Guideline(1, "Be *fair*."));
            orders.add(assignment.shown());
            queue.submit(answer("s" + i, assignment.task(), ann));
        }
        assertThat(new HashSet<>(orders)).as("all orders of three").hasSize(6);
    }

    @Test
    void aLeaseThatEndsFreesTheSeat() {
        List<String> ids = addTasks(1);
        String ann = labeler("Ann");
        String bob = labeler("Bob");
        String cem = labeler("Cem");
        next(ann);
        next(bob);
        clock.advance(Duration.ofSeconds(59));
        assertThat(queue.next(project, cem)).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(next(cem).task()).isEqualTo(ids.get(0));
        assertThat(queue.submit(answer("cem", ids.get(0), cem))).isEqualTo(Outcome.KEPT);
        assertThat(queue.submit(answer("bob", ids.get(0), bob))).isEqualTo(Outcome.KEPT);
        assertThat(queue.submit(answer("ann", ids.get(0), ann))).isEqualTo(Outcome.TOO_LATE);
        assertThat(new Rankings(store).of(project.id()))
                .extracting(Ranking::labeler)
                .containsOnly("Cem", "Bob");
    }

    @Test
    void aSubmissionSentAgainChangesNothing() {
        List<String> ids = addTasks(1);
        String ann = labeler("Ann");
        next(ann);
        assertThat(queue.submit(answer("once", ids.get(0), ann))).isEqualTo(Outcome.KEPT);
        assertThat(queue.submit(answer("once", ids.get(0), ann))).isEqualTo(Outcome.KNOWN);
        assertThat(new Rankings(store).of(project.id())).hasSize(2);
    }

    @Test
    void aChangeOfMindIsAnotherRevision() {
        List<String> ids = addTasks(1);
        String ann = labeler("Ann");
        next(ann);
        queue.submit(answer("one", ids.get(0), ann));
        Submission other = new Submission(
                "two",
                ids.get(0),
                ann,
                List.of(
                        new Judgement("helpful", List.of(List.of(0), List.of(1), List.of(2)), List.of(), false),
                        new Judgement("harmless", List.of(List.of(0, 1, 2)), List.of(), false)),
                3);
        assertThat(queue.submit(other)).isEqualTo(Outcome.KEPT);
        List<Ranking> rankings = new Rankings(store).of(project.id());
        assertThat(rankings).hasSize(2);
        assertThat(rankings.get(0).order()).containsExactly(List.of(0), List.of(1), List.of(2));
        assertThat(count("ranking")).as("nothing is overwritten").isEqualTo(4);
        assertThat(tasks.seats(project.id())).containsEntry("done", 1);
    }

    private int count(String table) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void rankingsComeBackAsTheyWereGiven() {
        Tasks.Draft odd = new Tasks.Draft(
                Prompt.chat(new Message("system", ODD), Message.user(ODD)),
                List.of(new Ranking.Completion(ODD, ODD), new Ranking.Completion("plain", null)));
        String task = tasks.add(project, List.of(odd), admin.id()).get(0);
        String ann = labeler("Ann");
        next(ann);
        queue.submit(new Submission(
                "s",
                task,
                ann,
                List.of(
                        new Judgement("helpful", List.of(List.of(1), List.of(0)), List.of(), false),
                        new Judgement("harmless", List.of(List.of(0)), List.of(1), false)),
                1));
        Ranking ranking = new Rankings(store).of(project.id()).get(0);
        assertThat(ranking.prompt()).isEqualTo(odd.prompt());
        assertThat(ranking.completions()).isEqualTo(odd.completions());
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
        assertThat(ranking.criterion()).isEqualTo("helpful");
        assertThat(ranking.labeler()).isEqualTo("Ann");
        assertThat(ranking.guideline()).isEqualTo("1");
        assertThat(ranking.time()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void anEditedAnswerStandsBehindTheOthersInItsRankingAlone() {
        String task = addTasks(1).get(0);
        Judgement helpful = new Judgement("helpful", List.of(List.of(3), List.of(1)), List.of(0, 2), false);
        Judgement harmless = new Judgement("harmless", List.of(List.of(3)), List.of(0, 1, 2), false);
        String ann = labeler("Ann");
        next(ann);
        queue.submit(
                new Submission("s", task, ann, List.of(new Submission.Edit(1, ODD)), List.of(helpful, harmless), 1));
        String bob = labeler("Bob");
        next(bob);
        queue.submit(answer("t", task, bob));
        Rankings rankings = new Rankings(store);
        Ranking edited = rankings.of(project.id()).get(0);
        assertThat(edited.completions()).hasSize(4);
        assertThat(edited.completions().get(3)).isEqualTo(new Ranking.Completion(ODD, "edited by Ann"));
        assertThat(edited.order()).containsExactly(List.of(3), List.of(1));
        assertThat(rankings.of(project.id()).get(2).completions()).hasSize(3);
        assertThat(rankings.given(project.id()))
                .as("compared are the completions that everybody saw")
                .extracting(given -> given.ranking().labeler() + " "
                        + given.ranking().criterion() + " " + given.ranking().order())
                .contains("Ann helpful [[1]]")
                .noneMatch(text -> text.startsWith("Ann harmless"));
        for (Submission.Edit wrong : List.of(new Submission.Edit(3, "x"), new Submission.Edit(0, " "))) {
            assertThatThrownBy(() ->
                            queue.submit(new Submission("u", task, bob, List.of(wrong), List.of(helpful, harmless), 1)))
                    .isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> store.write(handle -> handle.execute("DELETE FROM edited_answer")))
                .hasMessageContaining("never");
    }

    @Test
    void oddNamesAndReasonsAreKeptAsTheyAre() {
        Labelers labelers = new Labelers(store);
        Labeler odd = labelers.add(ODD, Labeler.Role.REVIEWER);
        assertThat(labelers.find(odd.id())).contains(new Labeler(odd.id(), ODD, Labeler.Role.REVIEWER));
        assertThatThrownBy(() -> labelers.add(ODD, Labeler.Role.LABELER)).hasMessageContaining("taken");
        String task = addTasks(1).get(0);
        next(odd.id());
        queue.keepDraft(task, odd.id(), ODD);
        assertThat(next(odd.id()).draft()).isEqualTo(ODD);
        queue.flag(task, odd.id(), ODD);
        queue.skip(task, odd.id(), ODD);
        assertThat(count("note")).isEqualTo(2);
        assertThat(queue.next(project, odd.id()))
                .as("a skipped task does not come again")
                .isEmpty();
        assertThat(tasks.seats(project.id())).containsEntry("free", 2);
    }

    @Test
    void answersThatDoNotFitAreRefused() {
        String task = addTasks(1).get(0);
        String ann = labeler("Ann");
        next(ann);
        Judgement fine = new Judgement("harmless", List.of(List.of(0, 1, 2)), List.of(), false);
        for (Judgement wrong : List.of(
                new Judgement("helpful", List.of(List.of(0), List.of(1)), List.of(), false),
                new Judgement("helpful", List.of(List.of(0), List.of(0)), List.of(1, 2), false),
                new Judgement("helpful", List.of(List.of(0), List.of(1), List.of(3)), List.of(), false),
                new Judgement("helpful", List.of(), List.of(0, 1, 2), false),
                new Judgement("helpful", List.of(List.of(0, 1, 2), List.of()), List.of(), false),
                new Judgement("honest", List.of(List.of(0, 1, 2)), List.of(), false),
                fine)) {
            assertThatThrownBy(() -> queue.submit(new Submission("s", task, ann, List.of(wrong, fine), 1)))
                    .isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> queue.submit(answer("s", "nothing", ann))).hasMessageContaining("no such task");
        assertThatThrownBy(() -> queue.submit(answer("s", task, labeler("Bob"))))
                .hasMessageContaining("not shown");
        assertThatThrownBy(() -> queue.submit(answer("s".repeat(65), task, ann)))
                .hasMessageContaining("an id of 65 characters");
        Judgement helpful = new Judgement("helpful", List.of(List.of(0, 1, 2)), List.of(), false);
        for (double seconds : new double[] {-1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatThrownBy(() -> queue.submit(new Submission("s", task, ann, List.of(helpful, fine), seconds)))
                    .hasMessageContaining("seconds " + seconds);
        }
        assertThat(count("ranking")).isZero();
        assertThat(tasks.seats(project.id())).as("nothing is half done").containsEntry("done", 0);
    }

    @Test
    void aTaskThatWasNotShownIsNeitherFlaggedNorSkipped() {
        String task = addTasks(1).get(0);
        next(labeler("Ann"));
        String bob = labeler("Bob");
        for (Runnable wrong : List.<Runnable>of(
                () -> queue.flag(task, bob, "odd"),
                () -> queue.skip(task, bob, "odd"),
                () -> queue.submit(answer("s", task, bob)))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(
                            "task " + task
                                    + ": found a task that was not shown to this labeler, expected an open one; continue with another task");
        }
        assertThatThrownBy(() -> queue.flag("nothing", bob, "odd")).isInstanceOf(BadInputException.class);
        assertThat(count("note")).isZero();
        assertThat(tasks.seats(project.id())).isEqualTo(Map.of("free", 1, "leased", 1, "done", 0));
    }

    @Test
    void skippingWhatIsAnsweredLeavesTheAnswer() {
        String task = addTasks(1).get(0);
        String ann = labeler("Ann");
        next(ann);
        queue.submit(answer("s", task, ann));
        queue.skip(task, ann, "too late");
        assertThat(store.<String>read(handle -> handle.createQuery("SELECT state FROM visit")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("submitted");
        assertThat(tasks.seats(project.id())).containsEntry("done", 1);
    }

    @Test
    void aZeroCharacterIsRefusedInOneLine() {
        String task = addTasks(1).get(0);
        String ann = labeler("Ann");
        next(ann);
        Submission edited = new Submission(
                "s",
                task,
                ann,
                List.of(new Submission.Edit(0, "better\u0000")),
                answer("s", task, ann).judgements().stream()
                        .map(given -> new Judgement(given.criterion(), List.of(List.of(3, 0, 1, 2)), List.of(), false))
                        .toList(),
                1);
        for (Runnable wrong : List.<Runnable>of(
                () -> labeler("A\u0000"),
                () -> new Projects(store).add(Project.Plan.of("A\u0000", List.of(Criterion.HELPFUL)), admin.id()),
                () -> new Projects(store).addGuideline(project.id(), "A\u0000", admin.id()),
                () -> queue.flag(task, ann, "A\u0000"),
                () -> queue.keepDraft(task, ann, "A\u0000"),
                () -> queue.submit(edited))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("found the character U+0000, expected text without it; remove it");
        }
        assertThat(count("ranking") + count("note")).isZero();
    }

    @Test
    void projectsComeWithTheirCriteriaInOrder() {
        Projects projects = new Projects(store);
        Project one = projects.add(
                Project.Plan.of("Alone", List.of(Criterion.named("z"), Criterion.HONEST, Criterion.named("a"))),
                admin.id());
        assertThat(projects.all()).containsExactlyInAnyOrder(project, one);
        Labeler ann = new Labelers(store).add("Ann", Labeler.Role.LABELER);
        assertThat(projects.visibleTo(ann)).isEmpty();
        new Members(store).add(one.id(), ann.id(), admin.id());
        assertThat(projects.visibleTo(ann)).containsExactly(one);
        assertThat(projects.visibleTo(admin)).hasSize(2);
    }

    /** As when a version was made before those with higher numbers, and a database has these already. */
    @Test
    void aVersionBetweenOthersIsAddedLater() {
        StoreUrl url = database.empty(folder);
        Store.open(url).close();
        try (Store older = Store.open(url)) {
            older.write(handle -> handle.execute("DROP TABLE edited_answer")
                    + handle.execute("DELETE FROM flyway_schema_history WHERE version = '9'"));
        }
        try (Store newer = Store.open(url)) {
            assertThat(newer.<Integer>read(handle -> handle.createQuery("SELECT COUNT(*) FROM edited_answer")
                            .mapTo(Integer.class)
                            .one()))
                    .isZero();
        }
    }

    @Test
    void whatIsSentTwiceAtOnceIsKeptOnce() throws Exception {
        String task = addTasks(1).get(0);
        String ann = labeler("Ann");
        next(ann);
        List<Callable<Outcome>> answers = Collections.nCopies(4, () -> queue.submit(answer("once", task, ann)));
        assertThat(inThreads(answers))
                .containsExactlyInAnyOrder(Outcome.KEPT, Outcome.KNOWN, Outcome.KNOWN, Outcome.KNOWN);
        assertThat(count("ranking")).isEqualTo(2);
        Project one = new Projects(store).add(Project.Plan.of("One", List.of(Criterion.HELPFUL)), admin.id());
        PlaygroundVotes.Vote vote = new PlaygroundVotes.Vote(
                "vote",
                one,
                new Tasks.Draft(
                        Prompt.text("p"),
                        List.of(new Ranking.Completion("a", null), new Ranking.Completion("b", null))),
                List.of(1, 0),
                ann,
                new Judgement("helpful", List.of(List.of(0), List.of(1)), List.of(), false),
                3);
        assertThat(inThreads(Collections.nCopies(4, () -> new PlaygroundVotes(store).cast(vote))))
                .containsExactlyInAnyOrder(Outcome.KEPT, Outcome.KNOWN, Outcome.KNOWN, Outcome.KNOWN);
        assertThat(tasks.seats(one.id())).isEqualTo(Map.of("free", 0, "leased", 0, "done", 1));
    }

    @Test
    void whatLabelersGaveCannotBeChanged() {
        String task = addTasks(1).get(0);
        String ann = labeler("Ann");
        next(ann);
        queue.flag(task, ann, "odd");
        queue.submit(answer("s", task, ann));
        for (String statement : List.of(
                "UPDATE ranking SET ranked = '[]'",
                "DELETE FROM ranking",
                "DELETE FROM note",
                "UPDATE event SET kind = ''")) {
            assertThatThrownBy(() -> store.write(handle -> handle.execute(statement)))
                    .as(statement)
                    .hasMessageContaining("never");
        }
    }

    @Test
    void guidelinesHaveVersions() {
        Projects projects = new Projects(store);
        assertThat(projects.addGuideline(project.id(), "Be quick.", admin.id()))
                .isEqualTo(new Guideline(2, "Be quick."));
        assertThat(projects.guideline(project.id()).version()).isEqualTo(2);
        assertThat(projects.find(project.id())).contains(project);
        assertThat(projects.all()).containsExactly(project);
        assertThatThrownBy(() -> projects.add(Project.Plan.of("Kind answers", List.of(Criterion.HONEST)), admin.id()))
                .hasMessageContaining("taken");
        assertThatThrownBy(() -> projects.add(Project.Plan.of("Other", List.of()), admin.id()))
                .hasMessageContaining("no criterion");
    }

    /** Concurrent labelers: no seat is assigned twice and none is unused. */
    @Test
    void manyLabelersAtOnceFillEverySeatOnce() throws Exception {
        int labelers = 8;
        addTasks(30);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < labelers; i++) {
            String id = labeler("Labeler " + i);
            work.add(() -> rankAll(id));
        }
        assertThat(inThreads(work).stream().mapToInt(Integer::intValue).sum()).isEqualTo(60);
        assertThat(tasks.seats(project.id())).isEqualTo(Map.of("free", 0, "leased", 0, "done", 60));
        Map<String, Long> byPrompt = new Rankings(store)
                .of(project.id()).stream()
                        .filter(ranking -> ranking.criterion().equals("helpful"))
                        .collect(Collectors.groupingBy(
                                ranking -> ranking.prompt().toString(), Collectors.counting()));
        assertThat(byPrompt).hasSize(30);
        assertThat(byPrompt.values()).containsOnly(2L);
    }

    /**
     * Each changes what the other has changed already, so that on PostgreSQL one of the two is ended and done again.
     */
    @Test
    void writesThatGetInEachOthersWayBothComeThrough() throws Exception {
        List<String> ids = addTasks(2);
        CountDownLatch met = new CountDownLatch(2);
        List<Callable<Integer>> writes = new ArrayList<>();
        for (List<String> order : List.of(ids, List.of(ids.get(1), ids.get(0)))) {
            writes.add(() -> store.write(handle -> {
                add(handle, order.get(0));
                met.countDown();
                waitFor(met);
                return add(handle, order.get(1));
            }));
        }
        inThreads(writes);
        assertThat(store.<List<Integer>>read(handle -> handle.createQuery("SELECT CAST(priority AS INTEGER) FROM task")
                        .mapTo(Integer.class)
                        .list()))
                .containsExactly(2, 2);
    }

    private static int add(Handle handle, String task) {
        return handle.execute("UPDATE task SET priority = priority + 1 WHERE id = ?", task);
    }

    /** For a moment: where writes come one after the other, nobody else arrives. */
    private static void waitFor(CountDownLatch met) {
        try {
            met.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void namesThatAreTakenAtTheSameMomentAreRefusedAsOthersAre() throws Exception {
        List<Callable<Boolean>> makers = Collections.nCopies(4, () -> {
            try {
                new Labelers(store).add("Zoe", Labeler.Role.LABELER);
                new Projects(store).add(Project.Plan.of("Second", List.of(Criterion.HONEST)), admin.id());
                return true;
            } catch (BadInputException e) {
                assertThat(e).hasMessageContaining("a name that is taken");
                return false;
            }
        });
        assertThat(inThreads(makers)).containsOnlyOnce(true);
        List<Callable<Integer>> writers = Collections.nCopies(4, () -> new Projects(store)
                .addGuideline(project.id(), "Be quick.", admin.id())
                .version());
        assertThat(inThreads(writers)).containsExactlyInAnyOrder(2, 3, 4, 5);
    }

    private static <T> List<T> inThreads(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> one : threads.invokeAll(work)) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readingAtOnceSeesOneMoment() {
        addTasks(1);
        List<Integer> seen = store.readAtOnce(handle -> {
            int before = tasks(handle);
            CompletableFuture.supplyAsync(() -> addTasks(1)).join();
            return List.of(before, tasks(handle));
        });
        assertThat(seen).containsExactly(1, 1);
        assertThat(count("task")).isEqualTo(2);
        assertThatThrownBy(() -> store.readAtOnce(handle -> {
                    throw new IllegalStateException("odd");
                }))
                .hasMessage("odd");
        assertThat(store.readAtOnce(StoreTest::tasks)).isEqualTo(2);
    }

    private static int tasks(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM task")
                .mapTo(Integer.class)
                .one();
    }

    private int rankAll(String labeler) {
        int done = 0;
        for (Optional<Assignment> open = queue.next(project, labeler);
                open.isPresent();
                open = queue.next(project, labeler)) {
            String task = open.get().task();
            assertThat(queue.submit(answer(labeler + task, task, labeler))).isEqualTo(Outcome.KEPT);
            done++;
        }
        return done;
    }
}
