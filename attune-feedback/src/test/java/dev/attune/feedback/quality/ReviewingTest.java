package dev.attune.feedback.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.quality.GivenRanking;
import dev.attune.core.stats.quality.KnownAnswer;
import dev.attune.core.stats.quality.TaskAgreement;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Submission.Outcome;
import dev.attune.feedback.store.Tasks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

/** Reviewing, on every database. */
@ParameterizedClass
@EnumSource(Database.class)
class ReviewingTest {
    private static final List<List<Integer>> UP = List.of(List.of(0), List.of(1));
    private static final List<List<Integer>> DOWN = List.of(List.of(1), List.of(0));
    private static final List<List<Integer>> TIE = List.of(List.of(0, 1));

    private final ManualClock clock = new ManualClock();
    private Store store;
    private String ada;
    private String ben;
    private Project project;
    private Queue queue;
    private Tasks tasks;
    private Rankings rankings;
    private TestQuestions tests;
    private Adjudications adjudications;
    private Notes notes;
    private List<String> ids;

    @Parameter
    Database database;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        ada = new Labelers(store).add("Ada", Labeler.Role.REVIEWER).id();
        ben = labeler("Ben");
        Projects projects = new Projects(store);
        project = projects.add(
                Project.Plan.of("Kind", List.of(Criterion.HELPFUL))
                        .withOverlap(2)
                        .withLeaseSeconds(60),
                ada);
        queue = new Queue(store);
        tasks = new Tasks(store);
        rankings = new Rankings(store);
        tests = new TestQuestions(store);
        adjudications = new Adjudications(store);
        notes = new Notes(store);
        ids = tasks.add(
                project,
                IntStream.range(0, 4)
                        .mapToObj(i -> new Tasks.Draft(
                                Prompt.text("Question " + i),
                                List.of(new Ranking.Completion("yes", "m"), new Ranking.Completion("no", null))))
                        .toList(),
                ada);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String labeler(String name) {
        return new Labelers(store).add(name, Labeler.Role.LABELER).id();
    }

    private Outcome submit(String task, String labeler, List<List<Integer>> order) {
        return queue.submit(new Submission(UUID.randomUUID().toString(), task, labeler, List.of(judgement(order)), 7));
    }

    private void rank(String labeler, List<List<Integer>> order) {
        assertThat(submit(next(labeler), labeler, order)).isEqualTo(Outcome.KEPT);
        clock.advance(Duration.ofSeconds(1));
    }

    private String next(String labeler) {
        return queue.next(project, labeler).orElseThrow().task();
    }

    private static Judgement judgement(List<List<Integer>> order) {
        return new Judgement("helpful", order, List.of(), false);
    }

    private List<String> leftFor(String labeler) {
        List<String> asked = new ArrayList<>();
        for (Optional<Assignment> open = queue.next(project, labeler);
                open.isPresent();
                open = queue.next(project, labeler)) {
            asked.add(open.get().task());
            submit(open.get().task(), labeler, UP);
        }
        return asked;
    }

    @Test
    void everybodyIsAskedATestQuestionAndOthersAsManyAsOverlap() {
        tests.mark(ids.get(1), judgement(UP), ada);
        String cem = labeler("Cem");
        assertThat(leftFor(ben)).containsExactlyElementsOf(ids);
        assertThat(leftFor(cem)).containsExactlyElementsOf(ids);
        for (String name : List.of("Dee", "Eve", "Fay")) {
            String late = labeler(name);
            assertThat(queue.waits(project, late)).isTrue();
            assertThat(leftFor(late)).as(name).containsExactly(ids.get(1));
            assertThat(queue.waits(project, late)).isFalse();
        }
        assertThat(leftFor(ada)).as("who set the answer is not asked").isEmpty();
        assertThat(tasks.seats(project.id())).containsEntry("done", 11).containsEntry("free", 0);
    }

    @Test
    void aTestQuestionMarkedLaterIsStillAsked() {
        String cem = labeler("Cem");
        String dee = labeler("Dee");
        leftFor(ben);
        leftFor(cem);
        assertThat(leftFor(dee)).isEmpty();
        tests.mark(ids.get(3), judgement(UP), ada);
        assertThat(leftFor(ben)).as("answered before").isEmpty();
        assertThat(next(dee)).isEqualTo(ids.get(3));
        queue.skip(ids.get(3), dee, "no");
        assertThat(leftFor(dee)).as("skipped is skipped").isEmpty();
    }

    @Test
    void aTestQuestionTakesALateAnswer() {
        tests.mark(ids.get(0), judgement(UP), ada);
        String cem = labeler("Cem");
        String dee = labeler("Dee");
        for (String one : List.of(ben, cem, dee)) {
            assertThat(next(one)).isEqualTo(ids.get(0));
        }
        clock.advance(Duration.ofSeconds(61));
        String eve = labeler("Eve");
        String fay = labeler("Fay");
        String gil = labeler("Gil");
        for (String one : List.of(eve, fay, gil)) {
            rank(one, UP);
        }
        assertThat(tasks.seats(project.id()))
                .as("the seats of those who vanished")
                .containsEntry("done", 3);
        assertThat(submit(ids.get(0), ben, UP)).isEqualTo(Outcome.KEPT);
        tests.unmark(ids.get(0), "helpful", ada);
        assertThat(submit(ids.get(0), cem, UP)).isEqualTo(Outcome.TOO_LATE);
    }

    /** Concurrent labelers: each gets a different seat. */
    @Test
    void manyAtOnceAreAllAskedTheTestQuestion() throws Exception {
        tests.mark(ids.get(0), judgement(UP), ada);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String id = labeler("Labeler " + i);
                work.add(() -> next(id));
            }
            for (Future<String> task : threads.invokeAll(work)) {
                assertThat(task.get()).isEqualTo(ids.get(0));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tasks.seats(project.id())).containsEntry("leased", 8);
    }

    @Test
    void testQuestionsAreNotExported() {
        tests.mark(ids.get(0), judgement(DOWN), ada);
        rank(ben, UP);
        rank(ben, UP);
        assertThat(rankings.all(project.id())).hasSize(2);
        assertThat(rankings.of(project.id()))
                .extracting(ranking -> ranking.prompt())
                .containsExactly(Prompt.text("Question 1"));
        assertThat(tests.known(project.id())).containsExactly(new KnownAnswer(ids.get(0), "helpful", DOWN));
        tests.mark(ids.get(0), judgement(UP), ada);
        assertThat(tests.of(ids.get(0))).containsExactly(judgement(UP));
        tests.unmark(ids.get(0), "helpful", ada);
        assertThat(rankings.of(project.id())).hasSize(2);
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        Judgement other = new Judgement("harmless", UP, List.of(), false);
        Judgement wrong = judgement(List.of(List.of(0), List.of(2)));
        for (Judgement one : List.of(other, wrong)) {
            assertThatThrownBy(() -> tests.mark(ids.get(0), one, ada)).isInstanceOf(BadInputException.class);
            assertThatThrownBy(() -> adjudications.decide(ids.get(0), one, "so", ada))
                    .isInstanceOf(BadInputException.class);
        }
        assertThatThrownBy(() -> tests.mark(ids.get(0), judgement(TIE), ada)).hasMessageContaining("above another");
        assertThatThrownBy(() -> tests.mark("nothing", judgement(UP), ada)).hasMessageContaining("no such task");
        assertThatThrownBy(() -> adjudications.decide(ids.get(0), judgement(UP), " ", ada))
                .hasMessageContaining("no reason");
        assertThat(tests.known(project.id())).isEmpty();
        assertThat(adjudications.of(ids.get(0))).isEmpty();
    }

    @Test
    void aDecisionIsExportedAloneAndLabelersRankingsStay() {
        String cem = labeler("Cem");
        rank(ben, UP);
        rank(cem, DOWN);
        rank(ben, UP);
        adjudications.decide(ids.get(0), judgement(TIE), "both are fine", ada);
        adjudications.decide(ids.get(0), judgement(DOWN), "'No', says the <guideline>; DROP TABLE task", ada);
        adjudications.decide(ids.get(3), judgement(UP), "nobody could", ada);
        assertThat(rankings.of(project.id()))
                .extracting(Ranking::labeler, Ranking::order, Ranking::prompt)
                .containsExactlyInAnyOrder(
                        tuple("Ben", UP, Prompt.text("Question 1")),
                        tuple("Ada", DOWN, Prompt.text("Question 0")),
                        tuple("Ada", UP, Prompt.text("Question 3")));
        assertThat(rankings.of(project.id()))
                .allSatisfy(ranking -> assertThat(ranking.guideline()).isEqualTo("1"));
        assertThat(rankings.all(project.id())).extracting(Ranking::labeler).containsExactly("Ben", "Cem", "Ben");
        assertThat(adjudications.of(ids.get(0))).singleElement().satisfies(newest -> {
            assertThat(newest.judgement()).isEqualTo(judgement(DOWN));
            assertThat(newest.reason()).contains("<guideline>");
            assertThat(newest.reviewer()).isEqualTo("Ada");
        });
        assertThat(adjudications.ofProject(project.id())).hasSize(2);
    }

    @Test
    void decisionsAndSettlementsCannotBeChanged() {
        adjudications.decide(ids.get(0), judgement(UP), "so", ada);
        next(ben);
        queue.flag(ids.get(0), ben, "odd");
        notes.settle(ids.get(0), notes.of(ids.get(0)).get(0).id(), "corrected", ada);
        for (String statement : List.of(
                "UPDATE adjudication SET reason = ''",
                "DELETE FROM adjudication",
                "UPDATE settlement SET done = ''",
                "DELETE FROM settlement")) {
            assertThatThrownBy(() -> store.write(handle -> handle.execute(statement)))
                    .as(statement)
                    .hasMessageContaining("never");
        }
    }

    @Test
    void aRankingComesWithHowItCameAbout() {
        Assignment assignment = queue.next(project, ben).orElseThrow();
        queue.submit(
                new Submission("s", ids.get(0), ben, List.of(new Judgement("helpful", UP, List.of(), true)), 12.5));
        GivenRanking given = rankings.given(project.id()).get(0);
        assertThat(given.task()).isEqualTo(ids.get(0));
        assertThat(given.shown()).isEqualTo(assignment.shown());
        assertThat(given.seconds()).isEqualTo(12.5);
        assertThat(given.ranking().allBad()).isTrue();
        assertThat(given.time()).isEqualTo(clock.millis());
        assertThat(given.ranking()).isEqualTo(rankings.all(project.id()).get(0));
    }

    @Test
    void aFlagIsSettledOnce() {
        next(ben);
        queue.flag(ids.get(0), ben, "<script>alert(1)</script>");
        Note flag = notes.of(ids.get(0)).get(0);
        assertThat(flag.open()).isTrue();
        assertThatThrownBy(() -> notes.settle(ids.get(1), flag.id(), "done", ada))
                .hasMessageContaining("none that");
        assertThatThrownBy(() -> notes.settle(ids.get(0), flag.id(), "", ada)).hasMessageContaining("no reason");
        notes.settle(ids.get(0), flag.id(), "asked Ben", ada);
        assertThat(notes.ofProject(project.id()))
                .containsExactly(new Note(
                        flag.id(),
                        ids.get(0),
                        "Ben",
                        Note.Kind.FLAG,
                        "<script>alert(1)</script>",
                        new Note.Settlement("Ada", "asked Ben")));
        assertThatThrownBy(() -> notes.settle(ids.get(0), flag.id(), "again", ada))
                .hasMessageContaining("none that");
    }

    @Test
    void reviewersSeeWhatIsDisputedFlaggedSkippedAndDecided() {
        String cem = labeler("Cem");
        rank(ben, UP);
        rank(cem, UP);
        rank(ben, UP);
        rank(cem, DOWN);
        queue.flag(next(ben), ben, "odd");
        clock.advance(Duration.ofSeconds(1));
        queue.skip(next(ben), ben, "too hard");
        rank(ben, UP);
        Review review = new Review(store);
        List<ReviewItem> items = review.of(project.id());
        assertThat(items).extracting(item -> item.subject().number()).containsExactly(2L, 3L);
        assertThat(items.get(0).disputed()).containsExactly(new TaskAgreement(ids.get(1), "helpful", 0, 1));
        assertThat(items.get(1).flagged()).isTrue();
        assertThat(items.get(1).skipped()).isTrue();
        adjudications.decide(ids.get(1), judgement(UP), "so", ada);
        tests.mark(ids.get(0), judgement(UP), ada);
        notes.settle(ids.get(2), items.get(1).notes().get(0).id(), "corrected", ada);
        List<ReviewItem> after = review.of(project.id());
        assertThat(after).extracting(item -> item.subject().number()).containsExactly(1L, 2L, 3L);
        assertThat(after.get(0).test()).isTrue();
        assertThat(after.get(1).disputed()).isEmpty();
        assertThat(after.get(1).decided()).containsExactly("helpful");
        assertThat(after.get(2).flagged()).isFalse();
    }

    @Test
    void progressIsCountedByPerson() {
        String cem = labeler("Cem");
        labeler("Idle");
        String dee = labeler("Dee");
        new Members(store).add(project.id(), dee, ada);
        rank(ben, UP);
        rank(ben, UP);
        next(ben);
        queue.flag(next(cem), cem, "odd");
        queue.skip(next(cem), cem, "too hard");
        assertThat(new Progress(store).of(project.id()))
                .containsExactly(
                        new PersonProgress("Ben", 2, 1, 0, 0),
                        new PersonProgress("Cem", 0, 0, 1, 1),
                        new PersonProgress("Dee", 0, 0, 0, 0));
    }
}
