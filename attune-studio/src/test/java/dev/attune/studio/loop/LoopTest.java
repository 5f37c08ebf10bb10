package dev.attune.studio.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RecipeSettings;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.Database;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StandIn;
import dev.attune.studio.StudioClient;
import dev.attune.studio.Wiring;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The loop over HTTP, with a stand-in for training: rankings, reward model, policy, new completions, and who may do it. */
@ParameterizedClass
@EnumSource(Database.class)
class LoopTest {
    private static final List<PolicyMethod> METHODS =
            List.of(new PolicyMethod("ppo", "Samples", true), new PolicyMethod("dpo", "Learns from pairs", false));

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private FreshStudio studio;
    private Store store;
    private Project project;
    private Path root;
    private String base;
    private StudioClient admin;
    private StudioClient reviewer;
    private StudioClient labeler;

    @BeforeEach
    void start() throws IOException {
        Wiring wiring =
                new Wiring(new FakeModels(), StandIn.in(folder), LoopTest::checked, METHODS, Wiring.NONE.tokens());
        studio = new FreshStudio(database, folder, wiring);
        store = studio.store;
        Labeler ada = studio.join("Ada", Role.ADMIN);
        Labeler ben = studio.join("Ben", Role.LABELER);
        admin = studio.client(ada);
        reviewer = studio.client(studio.join("Rea", Role.REVIEWER));
        labeler = studio.client(ben);
        project = new Projects(store)
                .add(Project.Plan.of("Kind Änswers!", List.of(Criterion.HELPFUL, Criterion.HARMLESS)), ada.id());
        new Members(store).add(project.id(), ben.id(), ada.id());
        rank(ben);
        root = folder.resolve("runs");
        base = modelIn(folder.resolve("base"));
    }

    private static String checked(String place, String yaml) {
        if (RecipeSettings.of(yaml).containsKey("stepz")) {
            throw BadInputException.at(place, "stepz", "steps", "change it");
        }
        return yaml;
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private static String modelIn(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("config.json"), "{\"architectures\": [\"LlamaForCausalLM\"]}");
        return directory.toString();
    }

    private void rank(Labeler by) {
        List<Tasks.Draft> drafts = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new Tasks.Draft(
                        Prompt.text("Question " + i),
                        List.of(new Ranking.Completion("good", "m"), new Ranking.Completion("bad", "m"))))
                .toList();
        new Tasks(store).add(project, drafts, by.id());
        Queue queue = new Queue(store);
        for (int i = 0; i < 3; i++) {
            String task = queue.next(project, by.id()).orElseThrow().task();
            List<List<Integer>> order = List.of(List.of(0), List.of(1));
            queue.submit(new Submission(
                    "s" + i,
                    task,
                    by.id(),
                    List.of(
                            new Judgement("helpful", order, List.of(), false),
                            new Judgement("harmless", order, List.of(), false)),
                    1));
        }
    }

    private static String code(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String page() {
        return "/projects/" + project.id();
    }

    private String rewardFields() {
        return "path=" + code(base) + "&criterion=helpful&steps=20&seed=3&template=";
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!reached.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(30);
        }
    }

    private Run finishedRun(int number) throws InterruptedException {
        Runs runs = new Runs(store);
        await(() -> runs.all().size() >= number
                && runs.all().get(number - 1).state().over());
        return runs.all().get(number - 1);
    }

    private Run reward() throws Exception {
        HttpResponse<String> queued = admin.post(page() + "/rewards", rewardFields());
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(302);
        return finishedRun(1);
    }

    @Test
    void theLoopCloses() throws Exception {
        Run reward = reward();
        assertThat(reward.state()).as(reward.message()).isEqualTo(Run.State.FINISHED);
        Path rankings = Path.of(reward.folder()).resolve("rankings.jsonl");
        assertThat(rankings).isEqualTo(root.toAbsolutePath().resolve("kind-answers/reward-1/rankings.jsonl"));
        assertThat(Files.readAllLines(rankings)).hasSize(3).allSatisfy(line -> assertThat(line)
                .contains("\"criterion\":\"helpful\""));
        Map<String, String> recipe = RecipeSettings.of(Files.readString(rankings.resolveSibling("train.yaml")));
        assertThat(recipe)
                .containsEntry("model", base)
                .containsEntry("data.path", rankings.toString())
                .containsEntry("steps", "20")
                .containsEntry("seed", "3");
        String offer = reviewer.get(page() + "/policy?reward=" + reward.id()).body();
        assertThat(offer).contains("method: ppo", reward.folder() + "/run/model", "prompts.jsonl");

        String yaml = "method: ppo\nmodel: " + base + "\ndata: {path: prompts.jsonl}\nsteps: 9\n";
        admin.post(page() + "/policies", "reward=" + reward.id() + "&recipe=" + code(yaml));
        Run policy = finishedRun(2);
        assertThat(policy.state()).as(policy.message()).isEqualTo(Run.State.FINISHED);
        assertThat(policy.plan().parent()).isEqualTo(reward.id());
        assertThat(RecipeSettings.of(Files.readString(Path.of(policy.folder()).resolve("train.yaml"))))
                .containsEntry("steps", "9")
                .containsEntry("data.path", policy.folder() + "/prompts.jsonl");
        assertThat(Files.readString(Path.of(policy.folder()).resolve("prompts.jsonl")))
                .isEqualTo("{\"prompt\":\"Question 1\"}\n{\"prompt\":\"Question 2\"}\n{\"prompt\":\"Question 3\"}\n");

        HttpResponse<String> round =
                reviewer.post(page() + "/rounds", "run=" + policy.id() + "&prompts=2&completions=3&tokens=8&seed=5");
        assertThat(round.statusCode()).as(round.body()).isEqualTo(302);
        await(() -> new Tasks(store).seats(project.id()).getOrDefault("free", 0) == 2);
        assertThat(writers()).containsExactly(base, policy.folder() + "/run/model", policy.folder() + "/run/model");
        assertThat(sampledWith()).hasSize(3).allSatisfy(sampling -> assertThat(sampling)
                .contains("\"temperature\":", "\"max_new_tokens\":8", "\"seed\":")
                .doesNotContain("endpoint"));
        assertThat(reviewer.get(page()).body())
                .containsSubsequence(
                        "3, sha256 " + Hashing.sha256(rankings).substring(0, 12),
                        "Reward model",
                        "finished",
                        "Policy (PPO)",
                        "New completions",
                        "2 tasks");
    }

    @Test
    void aMethodMayLearnFromTheRankingsThemselves() throws Exception {
        Run reward = reward();
        assertThat(reviewer.get(page() + "/loop").body()).contains("ppo: Samples", "dpo: Learns from pairs");
        String query = "method=dpo&reward=" + reward.id();
        String offer = reviewer.get(page() + "/policy?" + query).body();
        assertThat(offer)
                .contains("method: dpo", "rankings.jsonl", "Learns from pairs")
                .doesNotContain("prompts.jsonl");
        String recipe = StudioClient.first("(?s)class=\"code\">(.*?)</textarea>", offer)
                .replace("&#34;", "\"")
                .replace("&quot;", "\"");
        String beta = recipe + "dpo: {beta: 0.2}\n";
        HttpResponse<String> queued = reviewer.post(page() + "/policies", query + "&recipe=" + code(beta));
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(302);
        Run policy = finishedRun(2);
        assertThat(policy.plan().method()).isEqualTo("dpo");
        assertThat(policy.plan().parent()).isNull();
        Path data = Path.of(policy.folder()).resolve("rankings.jsonl");
        assertThat(data).isEqualTo(root.toAbsolutePath().resolve("kind-answers/dpo-1/rankings.jsonl"));
        assertThat(Files.readAllLines(data)).hasSize(6);
        assertThat(RecipeSettings.of(Files.readString(data.resolveSibling("train.yaml"))))
                .containsEntry("data.path", data.toString())
                .containsEntry("dpo.beta", "0.2")
                .containsEntry("model", base);
        assertThat(reviewer.get(page()).body()).contains("Policy (DPO)");
        assertThat(reviewer.get(page() + "/policy?method=magic&reward=" + reward.id())
                        .body())
                .contains("one of ppo, dpo");
        HttpResponse<String> other =
                reviewer.post(page() + "/policies", query + "&recipe=" + code(recipe + "ppo: {epochs: 1}\n"));
        assertThat(other.statusCode()).isEqualTo(422);
    }

    /** Who wrote the completions of the last task. */
    private List<String> writers() {
        return store.read(handle -> handle.createQuery("SELECT c.model FROM task_completion tc JOIN completion c"
                        + " ON c.id = tc.completion WHERE tc.task = (SELECT id FROM task ORDER BY number DESC LIMIT 1)"
                        + " ORDER BY LENGTH(c.model)")
                .mapTo(String.class)
                .list());
    }

    private List<String> sampledWith() {
        return store.read(handle -> handle.createQuery("SELECT c.sampling FROM task_completion tc JOIN completion c"
                        + " ON c.id = tc.completion WHERE tc.task = (SELECT id FROM task ORDER BY number DESC LIMIT 1)")
                .mapTo(String.class)
                .list());
    }

    @Test
    void labelersSeeNothingOfIt() throws Exception {
        Run reward = reward();
        String run = "/runs/kind-answers/reward-1/run";
        for (String path : List.of(
                "/runs",
                run,
                "/live/kind-answers/reward-1/run",
                "/compare?run=a&run=b",
                page() + "/loop",
                page() + "/policy?reward=" + reward.id())) {
            assertThat(labeler.get(path).statusCode()).as(path).isEqualTo(403);
            assertThat(studio.client(null).get(path).statusCode()).as(path).isEqualTo(302);
        }
        for (String path : List.of(run, page() + "/rewards", page() + "/policies", page() + "/rounds")) {
            assertThat(labeler.post(path, rewardFields() + "&action=stop").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(labeler.get(page()).body()).doesNotContain("reward-1", "Train", "\"/runs\"");
        assertThat(new Runs(store).all()).hasSize(1);
    }

    @Test
    void changesNeedTheToken() throws Exception {
        reward();
        for (String path : List.of(
                "/runs/kind-answers/reward-1/run", page() + "/rewards", page() + "/policies", page() + "/rounds")) {
            assertThat(admin.form(path, rewardFields() + "&action=resume").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(new Runs(store).all()).hasSize(1);
    }

    @Test
    void runsAreNamesAndNotPaths() throws Exception {
        reward();
        modelIn(root.resolveSibling("secret/model"));
        Files.writeString(root.resolveSibling("secret").resolve("recipe.yaml"), "method: secret\n");
        for (String name : List.of(
                "../secret",
                "..%2Fsecret",
                "%2e%2e/secret",
                "kind-answers/../../secret",
                "kind-answers/..%2f..%2fsecret",
                root.resolveSibling("secret").toString(),
                "kind-answers/reward-1",
                "nothing")) {
            for (String prefix : List.of("/runs/", "/live/")) {
                HttpResponse<String> answer = reviewer.get(prefix + name);
                assertThat(answer.body()).as(prefix + name).doesNotContain("method: secret");
                assertThat(answer.statusCode()).as(prefix + name).isIn(400, 404);
            }
            assertThat(reviewer.get("/compare?run=kind-answers/reward-1/run&run=" + name)
                            .statusCode())
                    .as(name)
                    .isIn(400, 404);
        }
    }

    @Test
    void aReviewerChangesFiguresAndNoFiles() throws Exception {
        Run reward = reward();
        String offer = reviewer.get(page() + "/policy?reward=" + reward.id()).body();
        String recipe = StudioClient.first("(?s)class=\"code\">(.*?)</textarea>", offer)
                .replace("&#34;", "\"")
                .replace("&quot;", "\"");
        for (String change : List.of(
                "\nplugins: [/tmp/evil.jar]\n", "\nenvironment: {name: x}\n", "\nevaluate: {data: /etc/passwd}\n")) {
            String changed = change.contains("evaluate")
                    ? recipe.replaceFirst("(?m)^evaluate:.*$", change.strip())
                    : recipe + change;
            HttpResponse<String> refused =
                    reviewer.post(page() + "/policies", "reward=" + reward.id() + "&recipe=" + code(changed));
            assertThat(refused.statusCode()).as(change + refused.body()).isEqualTo(422);
            assertThat(refused.body()).contains("ask an admin");
        }
        String other = recipe.replaceFirst("(?m)^model:.*$", "model: /tmp");
        assertThat(reviewer.post(page() + "/policies", "reward=" + reward.id() + "&recipe=" + code(other))
                        .statusCode())
                .isEqualTo(422);
        assertThat(reviewer.post(page() + "/rewards", rewardFields()).body()).contains("one that is offered");
        assertThat(admin.post(page() + "/rewards", rewardFields().replace("steps=20", "steps=0"))
                        .body())
                .contains("steps");
        assertThat(admin.post(page() + "/policies", "reward=" + reward.id() + "&recipe=" + code(recipe + "\nstepz: 1"))
                        .body())
                .contains("expected steps");
        assertThat(new Runs(store).all()).hasSize(1);
        String fine = recipe.replaceFirst("(?m)^steps:.*$", "steps: 7");
        HttpResponse<String> queued =
                reviewer.post(page() + "/policies", "reward=" + reward.id() + "&recipe=" + code(fine));
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(302);
    }

    @Test
    void aRunIsShownAsItGoesOn() throws Exception {
        Path hold = root.resolve("kind-answers/reward-2/hold");
        reward();
        Files.createDirectories(hold.getParent());
        assertThat(admin.post(page() + "/rewards", rewardFields()).statusCode()).isEqualTo(302);
        Run third = finishedRun(2);
        assertThat(third.folder()).as("a folder that is there is left alone").endsWith("reward-3");
        String run = "/runs/kind-answers/reward-3/run";
        assertThat(reviewer.get("/runs").body()).contains("kind-answers/reward-1/run", "kind-answers/reward-3/run");
        assertThat(reviewer.get(run).body())
                .contains("data-curves=\"loss|", "going on after step 0", "method: reward", "finished")
                .doesNotContain("style=\"", ">Stop<", ">Resume<");
        assertThat(reviewer.get("/compare?run=kind-answers/reward-1/run&run=kind-answers/reward-3/run")
                        .body())
                .contains("data.path", "data-curves=\"kind-answers/reward-1/run|", "0.6");
    }

    @Test
    void aReviewerStopsARunAndLetsItGoOn() throws Exception {
        Path place = Files.createDirectories(root.resolve("mine"));
        Files.writeString(place.resolve("train.yaml"), "method: reward\n");
        Path hold = Files.createFile(place.resolve("hold"));
        Runs runs = new Runs(store);
        String author = new Labelers(store).named("Ada", Role.ADMIN).id();
        Run run = runs.add(
                new Run.Plan(project.id(), "reward", null, new Run.Material(1, "ab".repeat(32))),
                place.toAbsolutePath().toString(),
                author);
        await(() -> MetricsLog.read(place.resolve("run/metrics.jsonl")).lines().size() == 3);
        assertThat(reviewer.get("/runs/mine/run").body()).contains(">Stop<", "/live/mine/run");
        reviewer.post("/runs/mine/run", "action=stop");
        await(() -> runs.find(run.id()).orElseThrow().state() == Run.State.STOPPED);
        assertThat(reviewer.get("/runs/mine/run").body()).contains(">Resume<", "step <span id=\"step\">3</span>");
        assertThat(reviewer.post("/runs/mine/run", "action=dance").statusCode()).isEqualTo(422);
        Files.delete(hold);
        reviewer.post("/runs/mine/run", "action=resume");
        await(() -> runs.find(run.id()).orElseThrow().state() == Run.State.FINISHED);
        assertThat(MetricsLog.read(place.resolve("run/metrics.jsonl")).lines().size())
                .isEqualTo(StandIn.STEPS);
    }

    @Test
    void anOpenPageHearsWhatIsNew() throws Exception {
        reward();
        List<String> heard = new ArrayList<>();
        var request = reviewer.request("/live/kind-answers/reward-1/run")
                .header("Accept", "text/event-stream")
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        answer.body().peek(heard::add).anyMatch(line -> line.equals("data: finished"));
        assertThat(heard)
                .contains("event: figures", "event: step", "data: 6", "event: log", "data: going on after step 0");
        assertThat(heard).anyMatch(line -> line.startsWith("data: <figure class=\"chart\">"));
    }
}
