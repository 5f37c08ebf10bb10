package dev.attune.studio.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.chart.Html;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.stats.quality.Agreement;
import dev.attune.core.stats.quality.LabelerQuality;
import dev.attune.core.stats.quality.Quality;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.quality.Adjudications;
import dev.attune.feedback.quality.Note;
import dev.attune.feedback.quality.Notes;
import dev.attune.feedback.quality.TestQuestions;
import dev.attune.feedback.store.Assignment;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StudioClient;
import dev.attune.studio.page.FigureText;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reviewers see how good rankings are and decide; labelers see nothing of it. */
@ParameterizedClass
@EnumSource(Database.class)
class ReviewStudioTest {
    private static final int TASKS = 8;
    private static final String SCRIPT = "<script>alert(1)</script>";

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private FreshStudio studio;
    private Store store;
    private Labeler ada;
    private Labeler ben;
    private Project project;
    private Project other;
    private List<String> tasks;
    private String othersTask;
    private Labeler dee;
    private StudioClient reviewer;
    private StudioClient labeler;

    @BeforeEach
    void start() {
        studio = new FreshStudio(database, folder);
        store = studio.store;
        ada = studio.join("Ada", Role.REVIEWER);
        Projects projects = new Projects(store);
        project =
                projects.add(Project.Plan.of("Kind", List.of(Criterion.HELPFUL)).withOverlap(3), ada.id());
        other = projects.add(Project.Plan.of("Other", List.of(Criterion.HELPFUL)), ada.id());
        tasks = new Tasks(store)
                .add(
                        project,
                        IntStream.range(0, TASKS)
                                .mapToObj(ReviewStudioTest::draft)
                                .toList(),
                        ada.id());
        othersTask = new Tasks(store).add(other, List.of(draft(0)), ada.id()).get(0);
        ben = labeler("Ben " + SCRIPT);
        Random random = new Random(4);
        dee = labeler("Dee");
        for (Labeler one : List.of(ben, labeler("Cem"), dee)) {
            new Members(store).add(project.id(), one.id(), ada.id());
            rankAll(one, random);
        }
        reviewer = studio.client(ada);
        labeler = studio.client(ben);
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private Labeler labeler(String name) {
        return studio.join(name, Role.LABELER);
    }

    private static Tasks.Draft draft(int number) {
        return new Tasks.Draft(
                Prompt.text("Question " + number),
                List.of(
                        new Ranking.Completion("yes", "model-one"),
                        new Ranking.Completion("certainly", "model-two"),
                        new Ranking.Completion("no", null)));
    }

    private void rankAll(Labeler one, Random random) {
        Queue queue = new Queue(store);
        for (int i = 0; i < TASKS; i++) {
            Assignment open = queue.next(project, one.id()).orElseThrow();
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(order, random);
            List<List<Integer>> groups = order.stream().map(List::of).toList();
            queue.submit(new Submission(
                    UUID.randomUUID().toString(),
                    open.task(),
                    one.id(),
                    List.of(new Judgement("helpful", groups, List.of(), false)),
                    20 + i));
        }
    }

    private String review(int task) {
        return review() + "/" + tasks.get(task);
    }

    private String review() {
        return "/projects/" + project.id() + "/review";
    }

    private String quality() throws IOException, InterruptedException {
        HttpResponse<String> page = reviewer.get("/projects/" + project.id() + "/quality");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return page.body();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return reviewer.post(path, "criterion=helpful&" + body);
    }

    @Test
    void theFiguresOfThePageAreTheStatistics() throws Exception {
        new TestQuestions(store)
                .mark(
                        tasks.get(0),
                        new Judgement("helpful", List.of(List.of(0), List.of(2), List.of(1)), List.of(), false),
                        ada.id());
        Quality expected =
                Quality.of(new Rankings(store).given(project.id()), new TestQuestions(store).known(project.id()));
        String page = quality();
        Agreement agreement = expected.agreement().get(0);
        assertThat(page)
                .contains("24 of 24 ranked")
                .contains(agreement.alpha().orElseThrow().describe())
                .contains(agreement.concordance().orElseThrow().describe())
                .contains(agreement.agreement().orElseThrow().describe())
                .contains(expected.habits().longer().orElseThrow().describe())
                .contains(expected.habits().earlier().orElseThrow().describe());
        assertThat(agreement.agreement().orElseThrow().count())
                .as("but for the test question")
                .isEqualTo(TASKS - 1);
        for (LabelerQuality one : expected.labelers()) {
            assertThat(page)
                    .contains("<th scope=\"row\">" + Html.escape(one.labeler()))
                    .contains(one.agreement().orElseThrow().describe())
                    .contains(FigureText.of(one.deviation().orElseThrow().variance()))
                    .contains(FigureText.of(one.deviation().orElseThrow().towardsLonger()))
                    .contains(FigureText.of(one.deviation().orElseThrow().towardsEarlier()))
                    .contains(FigureText.of(one.habits().earlier()))
                    .contains("24 s");
        }
        assertThat(expected.tests()).hasSize(3).allSatisfy(score -> assertThat(page)
                .contains(score.right().describe()));
        assertThat(page).contains("<svg", "right on test questions").doesNotContain("style=", "<script>alert");
    }

    @Test
    void anEmptyProjectHasAPageToo() throws Exception {
        assertThat(reviewer.get("/projects/" + other.id() + "/quality").body())
                .contains("There are no rankings yet", "0 of 1 ranked")
                .doesNotContain("<svg", "NaN");
        assertThat(reviewer.get("/projects/" + other.id() + "/review").body()).contains("Nothing to review");
        assertThat(reviewer.get("/projects/" + other.id() + "/review/" + othersTask)
                        .body())
                .contains("No rankings.");
    }

    @Test
    void showsWhatALabelerEditedAndWhereItStandsInThatLabelersOrder() throws Exception {
        new Queue(store)
                .submit(new Submission(
                        "edited",
                        tasks.get(0),
                        ben.id(),
                        List.of(new Submission.Edit(2, "no, *because*" + SCRIPT)),
                        List.of(new Judgement("helpful", List.of(List.of(3), List.of(2)), List.of(0, 1), false)),
                        9));
        String page = reviewer.get(review(0)).body();
        Matcher edited = Pattern.compile("<h3>([ABC]) edited<span").matcher(page);
        assertThat(edited.find()).isTrue();
        String letter = edited.group(1);
        assertThat(page)
                .contains("<td>" + Html.escape(letter + " edited > " + letter) + "</td>", "<em>because</em>")
                .doesNotContain("<script>alert");
        assertThat(edited.find()).as("once, as nobody else edited").isFalse();
    }

    @Test
    void aReviewerDecidesWithoutAScriptAndTheDecisionIsExported() throws Exception {
        assertThat(reviewer.get(review()).body()).contains("Labelers disagree", "Task 1: Question 0");
        String before = reviewer.get(review(0)).body();
        assertThat(before)
                .contains("Question 0", "certainly", "Cem", "Dee", "Ben &lt;script&gt;")
                .doesNotContain("model-one", "model-two");
        HttpResponse<String> decided =
                post(review(0) + "/decisions", "rank-0=2&rank-1=2&rank-2=1&reason=%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(302);
        assertThat(reviewer.get(review(0)).body())
                .contains("Decided: ", "&lt;script&gt;alert(1)", "by model-one", "by model-two")
                .doesNotContain("<script>alert");
        String exported =
                reviewer.get("/projects/" + project.id() + "/rankings.jsonl").body();
        assertThat(exported.lines().filter(line -> line.contains("Question 0")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"order\":[[2],[0,1]]", "\"labeler\":\"Ada\""));
        assertThat(exported).hasLineCount(3 * (TASKS - 1) + 1);
        assertThat(reviewer.get("/projects/" + project.id() + "/rankings.jsonl?all")
                        .body())
                .hasLineCount(3 * TASKS)
                .doesNotContain("Ada");
    }

    @Test
    void aTaskBecomesATestQuestionAndAnOrdinaryOneAgain() throws Exception {
        assertThat(post(review(1) + "/tests", "rank-0=1&rank-1=3").statusCode()).isEqualTo(302);
        assertThat(new TestQuestions(store).of(tasks.get(1)))
                .containsExactly(new Judgement("helpful", List.of(List.of(0), List.of(1)), List.of(2), false));
        assertThat(reviewer.get(review()).body()).contains("Test questions (1)");
        assertThat(reviewer.get("/projects/" + project.id() + "/rankings.jsonl").body())
                .doesNotContain("Question 1");
        assertThat(labeler.get("/projects/" + project.id() + "/rank").body())
                .as("labelers are not told")
                .doesNotContain("est question");
        assertThat(post(review(1) + "/tests/removal", "").statusCode()).isEqualTo(302);
        assertThat(new TestQuestions(store).of(tasks.get(1))).isEmpty();
    }

    @Test
    void aFlagIsSettled() throws Exception {
        new Queue(store).flag(tasks.get(2), dee.id(), SCRIPT);
        assertThat(reviewer.get(review()).body())
                .contains("Flagged (1)", "Dee flagged it: &lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
        Note flag = new Notes(store).of(tasks.get(2)).get(0);
        assertThat(reviewer.get(review(2)).body()).contains("Dee flagged it", "/flags/" + flag.id());
        assertThat(post(review(3) + "/flags/" + flag.id(), "done=corrected").statusCode())
                .as("a flag of another task")
                .isEqualTo(422);
        assertThat(post(review(2) + "/flags/" + flag.id(), "done=corrected").statusCode())
                .isEqualTo(302);
        assertThat(reviewer.get(review(2)).body())
                .contains("Resolved by Ada: corrected")
                .doesNotContain("/flags/");
        assertThat(reviewer.get(review()).body()).doesNotContain("Flagged (");
    }

    @Test
    void labelersSeeNothingOfTheirPeers() throws Exception {
        String csrf = "csrf=" + labeler.csrf() + "&criterion=helpful&rank-0=1&rank-1=2&reason=mine&done=mine";
        String note = flag();
        for (String path : List.of("/projects/" + project.id() + "/quality", review(), review(0))) {
            assertThat(labeler.get(path).statusCode()).as(path).isEqualTo(403);
        }
        for (String what : List.of("/decisions", "/tests", "/tests/removal", "/flags/" + note)) {
            assertThat(labeler.form(review(0) + what, csrf).statusCode())
                    .as(what)
                    .isEqualTo(403);
        }
        assertThat(labeler.get("/projects/" + project.id() + "/rankings.jsonl?all")
                        .statusCode())
                .isEqualTo(403);
        assertThat(labeler.get("/projects/" + project.id()).body()).doesNotContain("/quality", "/review");
        assertThat(reviewer.get("/projects/" + project.id()).body()).contains("/quality", "/review");
        assertNothingChanged();
    }

    private String flag() {
        new Queue(store).flag(tasks.get(0), dee.id(), "odd");
        return new Notes(store).of(tasks.get(0)).get(0).id();
    }

    private void assertNothingChanged() {
        assertThat(new Adjudications(store).ofProject(project.id())).isEmpty();
        assertThat(new TestQuestions(store).known(project.id())).isEmpty();
        assertThat(new Notes(store).ofProject(project.id())).allMatch(Note::open);
    }

    @Test
    void changesNeedTheTokenOfAPageAndATaskOfTheProject() throws Exception {
        String note = flag();
        String body = "criterion=helpful&rank-0=1&rank-1=2&reason=mine&done=mine";
        for (String what : List.of("/decisions", "/tests", "/tests/removal", "/flags/" + note)) {
            assertThat(reviewer.form(review(0) + what, body).statusCode())
                    .as(what)
                    .isEqualTo(403);
            assertThat(post("/projects/" + other.id() + "/review/" + tasks.get(0) + what, "rank-0=1&reason=a&done=b")
                            .statusCode())
                    .as("by another project: " + what)
                    .isEqualTo(404);
            assertThat(post(review() + "/nothing" + what, "rank-0=1&reason=a").statusCode())
                    .isEqualTo(404);
        }
        assertThat(reviewer.get(review() + "/" + othersTask).statusCode()).isEqualTo(404);
        assertThat(reviewer.get("/projects/nothing/quality").statusCode()).isEqualTo(404);
        assertNothingChanged();
    }

    @Test
    void wrongOrdersAreRefused() throws Exception {
        for (String body : List.of(
                "reason=nothing+ranked",
                "rank-0=1&rank-1=4&reason=too+far",
                "rank-0=0&reason=too+near",
                "rank-0=first&reason=no+number",
                "rank-0=1&rank-1=2&reason=",
                "criterion=harmless")) {
            assertThat(post(review(0) + "/decisions", body).statusCode())
                    .as(body)
                    .isEqualTo(422);
        }
        assertThat(post(review(0) + "/tests", "rank-0=1&rank-1=1&rank-2=1").body())
                .contains("above another");
        HttpResponse<String> foreign = reviewer.post(review(0) + "/decisions", "criterion=harmless&rank-0=1&reason=a");
        assertThat(foreign.statusCode()).isEqualTo(422);
        assertNothingChanged();
    }

    @Test
    void whoHasNothingLeftIsNotOfferedToRank() throws Exception {
        assertThat(labeler.get("/projects/" + project.id()).body()).doesNotContain("/rank\"");
        Labeler fay = labeler("Fay");
        new Members(store).add(project.id(), fay.id(), fay.id());
        StudioClient late = studio.client(fay);
        assertThat(late.get("/projects/" + project.id()).body()).doesNotContain("/rank\"");
        post(review(1) + "/tests", "rank-0=1&rank-1=2&rank-2=3");
        assertThat(late.get("/projects/" + project.id()).body()).contains("/rank\"");
        assertThat(late.get("/projects/" + project.id() + "/rank").body()).contains("Question 1");
    }
}
