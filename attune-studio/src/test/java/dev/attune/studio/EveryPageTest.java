package dev.attune.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.feedback.Database;
import dev.attune.feedback.SampleJobs;
import dev.attune.feedback.run.Run;
import dev.attune.feedback.run.Runs;
import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Project;
import dev.attune.studio.loop.PolicyMethod;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page on projects in every state, for every role: none is a server error. */
@ParameterizedClass
@EnumSource(Database.class)
class EveryPageTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Pages that need something which a project may lack, and say so with status 422. */
    private static final String REFUSABLE = ".*/(export|policy)(\\?.*)?";

    /** Queries of pages that take some; the first is none. */
    private static final Map<String, List<String>> QUERIES = Map.ofEntries(
            Map.entry("/projects/{project}", List.of("", "?added=1&known=0", "?added=x")),
            Map.entry("/projects/{project}/rankings.jsonl", List.of("", "?all")),
            Map.entry(
                    "/projects/{project}/export",
                    List.of(
                            "",
                            "?what=preferences",
                            "?as=parquet",
                            "?what=preferences&as=parquet",
                            "?what=x",
                            "?as=x")),
            Map.entry("/projects/{project}/policy", List.of("", "?reward=x", "?reward=FINISHED")),
            Map.entry("/audit", List.of("", "?kind=project-added", "?before=x")),
            Map.entry("/constitutions/show", List.of("", "?hash=x")),
            Map.entry("/drafts", List.of("", "?job=jobs/revised", "?job=jobs/annotated", "?job=jobs/revised&page=9")),
            Map.entry("/judgements", List.of("", "?job=jobs/annotated", "?job=jobs/annotated&order=x")),
            Map.entry("/campaign", List.of("", "?job=jobs/attacked", "?job=jobs/attacked&page=9")),
            Map.entry("/campaign/attempts", List.of("", "?job=jobs/attacked", "?job=jobs/attacked&outcome=x")),
            Map.entry("/campaign/attempt", List.of("", "?job=jobs/attacked", "?job=jobs/attacked&id=2:plain:0")),
            Map.entry("/campaign/rate", List.of("", "?job=jobs/attacked", "?job=jobs/attacked&at=x")),
            Map.entry("/evaluation", List.of("", "?job=jobs/evaluated")),
            Map.entry("/evaluation/comparisons", List.of("", "?job=jobs/evaluated&measure=towns")),
            Map.entry("/evaluation/items", List.of("", "?job=jobs/evaluated", "?job=jobs/evaluated&measure=towns")));

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private final Map<String, StudioClient> people = new LinkedHashMap<>();
    private FreshStudio studio;
    private SampleProjects projects;
    private String finished = "none";
    private String chat = "none";

    @AfterEach
    void stop() {
        studio.close();
    }

    private void fill(Wiring wiring) throws IOException {
        studio = new FreshStudio(database, folder, wiring);
        Labeler ada = studio.join("Ada", Role.ADMIN);
        Labeler ben = studio.join("Ben", Role.LABELER);
        people.put("nobody", studio.client(null));
        people.put("labeler", studio.client(ben));
        people.put("labeler of no project", studio.client(studio.join("Cem", Role.LABELER)));
        people.put("reviewer", studio.client(studio.join("Rea", Role.REVIEWER)));
        people.put("admin", studio.client(ada));
        projects = new SampleProjects(studio.store, ada, ben, folder);
    }

    /** The answers that are server errors, and those for an admin that should be pages and are not. */
    private List<String> wrong() throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (String page : studio.pages()) {
            for (String address : addresses(page)) {
                for (Map.Entry<String, StudioClient> person : people.entrySet()) {
                    int status = status(person.getValue(), address);
                    boolean shown = status == 200 || status == 302;
                    boolean expected = person.getKey().equals("admin")
                            && address.startsWith("/projects/")
                            && !address.matches(REFUSABLE);
                    if (status >= 500 || (expected && !shown)) {
                        wrong.add(status + " for " + person.getKey() + ": " + address);
                    }
                }
            }
        }
        return wrong;
    }

    /** Live pages never end, so that bodies are not read. */
    private static int status(StudioClient person, String address) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = CLIENT.send(person.request(address).build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** Each page with every value of its parameters. */
    private List<String> addresses(String page) {
        Stream<String> addresses = Stream.of(page);
        if (page.contains("{task}")) {
            addresses = tasks().stream()
                    .map(task -> page.replace("{project}", task.get(0)).replace("{task}", task.get(1)));
        } else if (page.contains("{project}")) {
            addresses = projects.all().values().stream().map(project -> page.replace("{project}", project.id()));
        } else if (page.contains("<run>")) {
            addresses = runs().stream().map(run -> page.replace("<run>", run));
        } else if (page.equals("/inspect") || page.equals("/monitor")) {
            addresses = Stream.concat(Stream.of(page), runs().stream().map(run -> page + "?run=" + run));
        } else if (page.equals("/compare")) {
            addresses = Stream.concat(Stream.of(page), runs().stream().map(run -> page + "?run=one-step&run=" + run));
        }
        List<String> all = addresses
                .map(address -> address.replace("{chat}", chat).replace("{secret}", "none"))
                .flatMap(address -> QUERIES.getOrDefault(page, List.of("")).stream()
                        .map(query -> address + query.replace("FINISHED", finished)))
                .toList();
        assertThat(all)
                .as("an example for each parameter of " + page)
                .isNotEmpty()
                .noneMatch(address -> address.matches(".*[{<].*"));
        return all;
    }

    private List<List<String>> tasks() {
        return studio.store.read(handle -> handle.createQuery("SELECT project, id FROM task")
                .map((row, context) -> List.of(row.getString("project"), row.getString("id")))
                .list());
    }

    private List<String> runs() {
        try (Stream<Path> files =
                Files.exists(folder.resolve("runs")) ? Files.walk(folder.resolve("runs")) : Stream.of()) {
            return Stream.concat(
                            Stream.of("none"),
                            files.filter(Files::isDirectory)
                                    .map(run -> folder.resolve("runs")
                                            .relativize(run)
                                            .toString())
                                    .filter(name -> !name.isEmpty()))
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutModelsAndRuns() throws Exception {
        fill(Wiring.NONE);
        assertThat(wrong()).isEmpty();
        assertThat(studio.pages())
                .contains("/", "/projects/{project}/quality", "/runs/<run>")
                .hasSizeGreaterThan(20);
    }

    @Test
    void forOnePersonWithoutAccounts() throws Exception {
        studio = new FreshStudio(database, folder);
        Labeler here = new dev.attune.feedback.store.Labelers(studio.store).atThisMachine();
        people.put("admin", studio.client(null));
        projects = new SampleProjects(studio.store, here, here, folder);
        assertThat(wrong()).isEmpty();
    }

    @Test
    void withModelsAndRuns() throws Exception {
        SampleRuns.in(folder.resolve("runs"));
        new SampleJobs(SampleJobs.MARKUP).in(folder.resolve("runs/jobs"));
        fill(new Wiring(
                new StandInModels(),
                StandIn.in(folder),
                (place, yaml) -> yaml,
                List.of(new PolicyMethod("ppo", "PPO", true)),
                Wiring.NONE.tokens()));
        StudioClient admin = java.util.Objects.requireNonNull(people.get("admin"));
        Labeler ada = new dev.attune.feedback.store.Labelers(studio.store).add("Eve", Role.ADMIN);
        Endpoints endpoints = new Endpoints(studio.store);
        Endpoint one =
                endpoints.add(new Endpoint.Plan("one", Endpoint.Kind.DIRECTORY, "one-model", null, null), ada.id());
        chat = StudioClient.after(admin.post(
                        "/playground",
                        "first=" + one.id() + "&second=" + one.id()
                                + "&temperature=0&max_new_tokens=5&seed=1&message=Hello"))
                .replaceFirst(".*/", "");
        queueRuns(ada);
        assertThat(wrong()).isEmpty();
        assertThat(admin.get("/runs").body()).contains("staged", "1 of 3 stages", "broken-recipe", "step 1");
        assertThat(admin.get("/runs/staged").body())
                .contains("1 of 3 stages complete", "staged/one", "complete, step 7", "unfinished, step 1")
                .containsPattern("three:\\s+not started");
    }

    /** A run in each state, whose folders are not there: they were removed, or are not made yet. */
    private void queueRuns(Labeler author) {
        Project project = projects.project("one ranking");
        Runs runs = new Runs(studio.store);
        for (Run.State state : Run.State.values()) {
            Run run = runs.add(
                    new Run.Plan(project.id(), "reward", null, new Run.Material(1, "0".repeat(64))),
                    folder.resolve("runs/queued-" + state.configName()).toString(),
                    author.id());
            studio.store.write(handle -> handle.createUpdate("UPDATE run SET state = :state WHERE id = :id")
                    .bind("state", state.configName())
                    .bind("id", run.id())
                    .execute());
            finished = state == Run.State.FINISHED ? run.id() : finished;
        }
    }

    @Test
    void aServerErrorIsLoggedWithItsTrace() throws Exception {
        fill(Wiring.NONE);
        Logger logger = Logger.getLogger(ServerErrors.class.getName());
        List<LogRecord> records = new ArrayList<>();
        Handler handler = handler(records);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            studio.store.write(handle -> handle.execute("ALTER TABLE seat RENAME TO lost"));
            String path = "/projects/" + projects.project("empty").id();
            HttpResponse<String> answer =
                    StudioClient.send(people.get("admin").request(path).header("Accept", "text/html"));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .contains("The details are in its log", "<html")
                    .doesNotContain("seat", "Exception");
            assertThat(records).hasSize(1);
            assertThat(records.get(0).getMessage()).isEqualTo("GET " + path + " failed");
            assertThat(records.get(0).getThrown()).isNotNull().hasMessageContaining("seat");
            assertThat(records.get(0).getLevel()).isEqualTo(Level.SEVERE);
            assertThat(people.get("admin").get("/projects/none").statusCode()).isEqualTo(404);
            assertThat(records).as("a wrong address is no server error").hasSize(1);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    private static Handler handler(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
