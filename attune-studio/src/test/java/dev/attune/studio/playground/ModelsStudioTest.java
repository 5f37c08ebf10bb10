package dev.attune.studio.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.feedback.Ranking;
import dev.attune.feedback.Database;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StandInModels;
import dev.attune.studio.StudioClient;
import dev.attune.studio.Wiring;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Models and the playground over HTTP, with stand-in models: who may do what, and what becomes of votes. */
@ParameterizedClass
@EnumSource(Database.class)
class ModelsStudioTest {
    private static final String SAMPLING = "&temperature=0.5&max_new_tokens=20&seed=7";

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private final StandInModels models = new StandInModels();
    private Store store;
    private FreshStudio studio;
    private StudioClient admin;
    private StudioClient reviewer;
    private StudioClient labeler;
    private Labeler ada;
    private Endpoint left;
    private Endpoint right;
    private Endpoint broken;

    @BeforeEach
    void start() {
        studio = new FreshStudio(database, folder, Wiring.of(models));
        store = studio.store;
        ada = studio.join("Ada", Role.ADMIN);
        admin = studio.client(ada);
        reviewer = studio.client(studio.join("Rob", Role.REVIEWER));
        labeler = studio.client(studio.join("Ben", Role.LABELER));
        left = register("left-model");
        right = register("right-model");
        broken = register("broken-model");
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private Endpoint register(String name) {
        return new Endpoints(store).add(new Endpoint.Plan(name, Endpoint.Kind.DIRECTORY, name, null, null), ada.id());
    }

    private static String text(String field, String value) {
        return "&" + field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String begin(StudioClient client, String more, String message) throws Exception {
        String body = "first=" + left.id() + "&second=" + right.id() + SAMPLING + more + text("message", message);
        return StudioClient.after(client.post("/playground", body));
    }

    @Test
    void onlyAdminsChangeModels() throws Exception {
        String body = "name=evil&kind=endpoint&model=m&address=http://169.254.169.254/latest";
        for (StudioClient client : List.of(reviewer, labeler)) {
            assertThat(client.post("/models", body).statusCode()).isEqualTo(403);
            assertThat(client.post("/models/" + left.id() + "/retire", "").statusCode())
                    .isEqualTo(403);
        }
        assertThat(admin.form("/models", body).statusCode())
                .as("without a token")
                .isEqualTo(403);
        assertThat(new Endpoints(store).all()).hasSize(3).noneMatch(Endpoint::retired);
        assertThat(reviewer.get("/models").body()).contains("left-model").doesNotContain("Add a model", "Retire");
        assertThat(labeler.get("/models").statusCode()).isEqualTo(403);
        assertThat(admin.post("/models", "name=big&kind=endpoint&model=m&address=http://host&key=BIG_API_KEY")
                        .statusCode())
                .isEqualTo(302);
        assertThat(admin.post("/models/" + left.id() + "/retire", "").statusCode())
                .isEqualTo(302);
        assertThat(admin.get("/models").body()).contains("BIG_API_KEY", "retired", "http://host");
        assertThat(admin.post("/models", "name=big2&kind=endpoint&model=m&address=gopher://host")
                        .body())
                .contains("an invalid address");
        assertThat(reviewer.get("/playground").body()).doesNotContain("left-model");
    }

    @Test
    void labelersDoNotPlay() throws Exception {
        assertThat(labeler.get("/").body()).doesNotContain("/playground", "/models");
        assertThat(reviewer.get("/").body()).contains("/playground", "/models");
        assertThat(labeler.get("/playground").statusCode()).isEqualTo(403);
        assertThat(labeler.post("/playground", "first=" + left.id() + "&second=" + right.id() + SAMPLING + "&message=x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(models.calls).isEmpty();
    }

    @Test
    void modelsAreNamedByIdAlone() throws Exception {
        for (String address : List.of("left-model", "http://127.0.0.1:1", "../etc", "")) {
            HttpResponse<String> refused = reviewer.post(
                    "/playground", "first=" + left.id() + text("second", address) + SAMPLING + "&message=x");
            assertThat(refused.statusCode()).as(address).isEqualTo(422);
        }
        assertThat(models.calls).isEmpty();
    }

    @Test
    void aConversationIsOnePersonsOwn() throws Exception {
        String chat = begin(reviewer, "", "Hello?");
        assertThat(admin.get(chat).statusCode()).isEqualTo(404);
        assertThat(admin.post(chat + "/votes", "verdict=tie").statusCode()).isEqualTo(404);
        assertThat(reviewer.form(chat + "/votes", "verdict=tie").statusCode())
                .as("without a token")
                .isEqualTo(403);
    }

    @Test
    void bothAnswerAndTheVoteIsARanking() throws Exception {
        String chat = begin(reviewer, "", "Hello?");
        assertThat(reviewer.get(chat).body())
                .contains("A: left-model", "B: right-model", "left-model hears 1: Hello? seed 7 row 0")
                .contains("right-model hears 1: Hello? seed 8 row 0", "B is better");
        assertThat(models.calls).allMatch(call -> call.contains("on attune-playground-"));
        assertThat(reviewer.post(chat + "/votes", "verdict=right").statusCode()).isEqualTo(302);
        assertThat(reviewer.post(chat + "/votes", "verdict=left").body()).contains("nothing to vote on");
        assertThat(reviewer.get(chat).body()).contains("B is better", "your vote");
        Project own = new Projects(store).all().get(0);
        assertThat(own.name()).isEqualTo("Playground");
        List<Ranking> rankings = new Rankings(store).of(own.id());
        assertThat(rankings).hasSize(1);
        Ranking ranking = rankings.get(0);
        assertThat(ranking.order()).containsExactly(List.of(1), List.of(0));
        assertThat(ranking.criterion()).isEqualTo("helpful");
        assertThat(ranking.labeler()).isEqualTo("Rob");
        assertThat(ranking.completions())
                .extracting(Ranking.Completion::model)
                .containsExactly("left-model", "right-model");
        assertThat(sampling())
                .containsExactly(
                        "{\"endpoint\":\"" + left.id()
                                + "\",\"temperature\":0.5,\"max_new_tokens\":20,\"seed\":7,\"row\":0}",
                        "{\"endpoint\":\"" + right.id()
                                + "\",\"temperature\":0.5,\"max_new_tokens\":20,\"seed\":8,\"row\":0}");
    }

    private List<String> sampling() {
        return store.read(handle -> handle.createQuery("SELECT c.sampling FROM completion c"
                        + " JOIN task_completion t ON t.completion = c.id ORDER BY t.task, t.place")
                .mapTo(String.class)
                .list());
    }

    @Test
    void theConversationGoesOnFromTheAnswerThatIsChosen() throws Exception {
        String chat = begin(reviewer, "", "Hello?");
        reviewer.get(chat);
        reviewer.post(chat + "/votes", "verdict=right");
        assertThat(reviewer.get(chat).body()).containsPattern("value=\"1\"[^>]*checked");
        assertThat(reviewer.post(chat + "/messages", "side=1&message=And+then?").statusCode())
                .isEqualTo(302);
        assertThat(reviewer.get(chat).body())
                .contains("left-model hears 3: And then? seed 9", "right-model hears 3: And then? seed 10");
        reviewer.post(chat + "/votes", "verdict=bad");
        Project own = new Projects(store).all().get(0);
        Ranking second = new Rankings(store).of(own.id()).get(1);
        assertThat(second.order()).containsExactly(List.of(0, 1));
        assertThat(second.prompt().messages().get(1).content()).startsWith("right-model hears 1");
        assertThat(store.<List<Integer>>read(
                        handle -> handle.createQuery("SELECT all_bad FROM ranking ORDER BY created")
                                .mapTo(Integer.class)
                                .list()))
                .containsExactly(0, 1);
    }

    @Test
    void aVoteGoesToAProjectWithOneCriterion() throws Exception {
        Projects projects = new Projects(store);
        Project honest = projects.add(
                Project.Plan.of("Honest answers", List.of(Criterion.HONEST)).withOverlap(3), ada.id());
        Project two =
                projects.add(Project.Plan.of("Two criteria", List.of(Criterion.HONEST, Criterion.HELPFUL)), ada.id());
        String chat = begin(reviewer, "", "Hello?");
        assertThat(reviewer.get(chat).body())
                .contains("Honest answers (honest)")
                .doesNotContain("Two criteria");
        assertThat(reviewer.post(chat + "/votes", "verdict=left&project=" + two.id())
                        .statusCode())
                .isEqualTo(422);
        assertThat(reviewer.post(chat + "/votes", "verdict=left&project=" + honest.id())
                        .statusCode())
                .isEqualTo(302);
        assertThat(new Rankings(store).of(honest.id()))
                .extracting(Ranking::criterion)
                .containsExactly("honest");
        assertThat(admin.get("/projects/" + honest.id()).body())
                .as("one seat, though the overlap is 3")
                .contains("1 of 1 ranked");
        assertThat(projects.all()).extracting(Project::name).doesNotContain("Playground");
    }

    @Test
    void hiddenNamesAreShownAfterTheVote() throws Exception {
        int swapped = 0;
        for (int i = 0; i < 12; i++) {
            String chat = begin(reviewer, "&blind=1", "Hello?");
            String before = reviewer.get(chat).body();
            assertThat(before).contains("<h3>A</h3>", "<h3>B</h3>").doesNotContain("A: ", "B: ");
            boolean rightFirst = before.indexOf("right-model hears") < before.indexOf("left-model hears");
            swapped += rightFirst ? 1 : 0;
            reviewer.post(chat + "/votes", "verdict=left");
            assertThat(reviewer.get(chat).body()).contains(rightFirst ? "A: right-model" : "A: left-model");
            Project own = new Projects(store).all().get(0);
            assertThat(new Rankings(store).of(own.id()).get(i).order().get(0))
                    .as("the better one is the one that stood left")
                    .containsExactly(rightFirst ? 1 : 0);
        }
        assertThat(swapped).as("of 12, either way").isBetween(1, 11);
    }

    @Test
    void hiddenAnswersAppearTogether() throws Exception {
        models.permits.drainPermits();
        models.permits.release();
        String chat = begin(reviewer, "&blind=1", "Hello?");
        HttpResponse<String> half = reviewer.get(chat);
        assertThat(half.headers().firstValue("Refresh")).contains("1");
        assertThat(half.body()).contains("is being generated").doesNotContain("hears", "Which is better?");
        assertThat(reviewer.post(chat + "/messages", "side=0&message=x").body()).contains("wait for them");
        assertThat(reviewer.post(chat + "/votes", "verdict=tie").statusCode()).isEqualTo(422);
        models.permits.release();
        HttpResponse<String> whole = reviewer.get(chat);
        assertThat(whole.headers().firstValue("Refresh")).isEmpty();
        assertThat(whole.body()).contains("left-model hears", "right-model hears");
    }

    @Test
    void aModelThatFailsSaysWhy() throws Exception {
        String chat = StudioClient.after(reviewer.post(
                "/playground", "first=" + left.id() + "&second=" + broken.id() + SAMPLING + "&message=Hello"));
        assertThat(reviewer.get(chat).body())
                .contains("left-model hears", "No answer: broken-model: found no such directory")
                .doesNotContain("Which is better?");
        assertThat(reviewer.post(chat + "/votes", "verdict=left").statusCode()).isEqualTo(422);
        reviewer.post(chat + "/messages", "side=1&message=Go+on");
        assertThat(reviewer.get(chat).body())
                .as("from the answer that there is")
                .contains("left-model hears 3: Go on");
    }

    @Test
    void whatModelsSayIsShownAsText() throws Exception {
        String chat = begin(
                reviewer, "", "See <script>alert(1)</script> <img src=x onerror=alert(2)> [a](javascript:alert(3))");
        assertThat(reviewer.get(chat).body())
                .contains("hears 1: See &lt;script&gt;alert(1)")
                .doesNotContain("<script>alert", "<img", "javascript:alert");
    }

    @Test
    void settingsOutOfRangeAreRefused() throws Exception {
        for (String wrong : List.of(
                "&temperature=11&max_new_tokens=20&seed=7",
                "&temperature=NaN&max_new_tokens=20&seed=7",
                "&temperature=1&max_new_tokens=5000&seed=7",
                "&temperature=1&max_new_tokens=20&seed=-7")) {
            String body = "first=" + left.id() + "&second=" + right.id() + wrong + "&message=x";
            assertThat(reviewer.post("/playground", body).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(reviewer.post(
                                "/playground",
                                "first=" + left.id() + "&second=" + right.id() + SAMPLING + "&message=++")
                        .body())
                .contains("write something else");
    }
}
