package dev.attune.feedback.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.error.BadInputException;
import dev.attune.core.feedback.PairOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.io.Hashing;
import dev.attune.core.json.Json;
import dev.attune.core.stats.quality.Agreement;
import dev.attune.core.stats.quality.UnlinkedRankings;
import dev.attune.feedback.Database;
import dev.attune.feedback.ManualClock;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Imports.Outcome;
import dev.attune.feedback.store.Judgement;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Queue;
import dev.attune.feedback.store.Rankings;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Submission;
import dev.attune.feedback.store.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

/** Export and import, on every database. */
@ParameterizedClass
@EnumSource(Database.class)
class TransferTest {
    private static final ReadOptions STRICT = ReadOptions.defaults().withOnFault(OnFault.FAIL);
    private static final List<Criterion> CRITERIA = List.of(Criterion.HELPFUL, Criterion.HARMLESS);

    private final ManualClock clock = new ManualClock();
    private Store store;
    private Labeler admin;
    private Project project;

    @Parameter
    Database database;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        store = Store.open(database.empty(folder), clock);
        admin = new Labelers(store).add("Ada", Labeler.Role.ADMIN);
        project = project("Kind answers");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Project project(String name) {
        return new Projects(store).add(Project.Plan.of(name, CRITERIA), admin.id());
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines).replace('\'', '"') + "\n");
    }

    private static String line(String id, String labeler, String order) {
        return "{" + (id.isEmpty() ? "" : "'id': '" + id + "', ") + "'prompt': 'p', 'completions': ['a', 'b', 'c'],"
                + " 'criterion': 'helpful', 'order': " + order + ", 'labeler': '" + labeler
                + "', 'guideline': 'v1', 'time': '2025-01-01T12:00:00Z'}";
    }

    private Outcome importRankings(Path file) {
        return ImportFile.read(file, STRICT).addRankings(store, project, admin.id());
    }

    private List<Ranking> rankings() {
        return new Rankings(store).of(project.id());
    }

    private int count(String table) {
        return store.read(handle -> handle.createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aThousandRankingsSurviveByteForByte() throws IOException {
        SampleRankings.rankings(store, clock, project, 250);
        Path first = folder.resolve("first.jsonl");
        assertThat(ExportFile.rankings(store, project, first)).isEqualTo(1000);
        Path table = folder.resolve("first.parquet");
        assertThat(ExportFile.rankings(store, project, table)).isEqualTo(1000);
        try (Store other = Store.open(database.empty(folder), new ManualClock())) {
            Labeler bea = new Labelers(other).add("Bea", Labeler.Role.ADMIN);
            for (Path from : List.of(first, table)) {
                Project copy =
                        new Projects(other).add(Project.Plan.of("Copy of " + from.getFileName(), CRITERIA), bea.id());
                ImportFile read = ImportFile.read(from, STRICT);
                assertThat(read.addRankings(other, copy, bea.id())).isEqualTo(new Outcome(1000, 0));
                assertThat(read.addRankings(other, copy, bea.id())).isEqualTo(new Outcome(0, 1000));
                Path second = folder.resolve("second.jsonl");
                ExportFile.rankings(other, copy, second);
                assertThat(second).hasSameBinaryContentAs(first);
            }
        }
    }

    private static String inOrder(String completions, String order, String labeler) {
        return "{'prompt': 'p', 'completions': " + completions + ", 'criterion': 'helpful', 'order': " + order
                + ", 'labeler': '" + labeler + "'}";
    }

    /** a > b > c, a > c > b, and a = b > c, listed in three orders: 5 of 9 comparisons agree. */
    @Test
    void rankingsOfTheSameCompletionsInAnotherOrderAreOfOneTask() throws IOException {
        Path file = file(
                "r.jsonl",
                inOrder("['a', 'b', 'c']", "[[0], [1], [2]]", "l1"),
                inOrder("['b', 'c', 'a']", "[[2], [1], [0]]", "l2"),
                inOrder("['c', 'a', 'b']", "[[1, 2], [0]]", "l3"));
        assertThat(importRankings(file)).isEqualTo(new Outcome(3, 0));
        assertThat(count("task")).isEqualTo(1);
        Agreement agreement =
                Agreement.of(new Rankings(store).given(project.id()), List.of()).get(0);
        assertThat(agreement.comparisons()).isEqualTo(9);
        assertThat(agreement.agreement().orElseThrow().value()).isEqualTo(5.0 / 9);
        assertThat(agreement.alpha().orElseThrow().value()).isCloseTo(1 - (4.0 / 9) / (30.0 / 72), within(1e-12));
        assertThat(agreement)
                .isEqualTo(Agreement.of(
                                UnlinkedRankings.given(
                                        Dataset.read(file, STRICT).rankings()),
                                List.of())
                        .get(0));
        assertThat(rankings())
                .allSatisfy(ranking -> assertThat(ranking.completions())
                        .extracting(Ranking.Completion::text)
                        .containsExactly("a", "b", "c"))
                .extracting(Ranking::order)
                .containsExactly(
                        List.of(List.of(0), List.of(1), List.of(2)),
                        List.of(List.of(0), List.of(2), List.of(1)),
                        List.of(List.of(0, 1), List.of(2)));
        assertThat(importRankings(file)).as("known again").isEqualTo(new Outcome(0, 3));
        Path exported = folder.resolve("exported.jsonl");
        ExportFile.rankings(store, project, exported);
        assertThat(importRankings(exported)).as("in the order of the task").isEqualTo(new Outcome(0, 3));
    }

    /** A database of an earlier version knows a ranking by its completions in the order of the file. */
    @Test
    void rankingsThatAnEarlierVersionImportedAreKnownAgain() throws IOException {
        Path file = file("r.jsonl", inOrder("['b', 'a']", "[[0], [1]]", "l1"), line("r1", "l2", "[[2], [0], [1]]"));
        List<Ranking> given = Dataset.read(file, STRICT).rankings();
        assertThat(importRankings(file)).isEqualTo(new Outcome(2, 0));
        String older = Hashing.sha256(Json.line(given.get(0).withId("").withoutSampling()));
        store.write(handle -> handle.createUpdate(
                        "UPDATE imported_ranking SET content = :content, given_key = :key WHERE given_id IS NULL")
                .bind("content", older)
                .bind("key", Hashing.sha256("content\n" + older + "\n1"))
                .execute());
        assertThat(importRankings(file)).isEqualTo(new Outcome(0, 2));
    }

    @Test
    void whatTheFileSaysIsKept() throws IOException {
        Path file = file("r.jsonl", line("r1", "Zoe", "[[2], [0, 1]]").replace("}", ", 'all_bad': true}"));
        assertThat(importRankings(file)).isEqualTo(new Outcome(1, 0));
        assertThat(rankings()).isEqualTo(Dataset.read(file, STRICT).rankings());
        assertThat(rankings().get(0).allBad()).isTrue();
        Labeler zoe = new Labelers(store)
                .all().stream()
                        .filter(one -> one.name().equals("Zoe"))
                        .findFirst()
                        .orElseThrow();
        assertThat(zoe.role()).isEqualTo(Labeler.Role.LABELER);
        assertThat(count("password")).isZero();
        String details = store.read(handle -> handle.createQuery(
                        "SELECT details FROM event WHERE kind = 'rankings-imported' AND subject = :project")
                .bind("project", project.id())
                .mapTo(String.class)
                .one());
        assertThat(Json.tree(details))
                .isEqualTo(Json.tree("{\"file\": \"r.jsonl\", \"sha256\": \"" + Hashing.sha256(file)
                        + "\", \"format\": \"rankings\", \"added\": 1, \"known\": 0}"));
    }

    @Test
    void theSameFileAddsNothingTwice() throws IOException {
        Path named = file("a.jsonl", line("r1", "Zoe", "[[0], [1, 2]]"), line("r2", "Yan", "[[1], [0, 2]]"));
        Path nameless = file(
                "b.jsonl",
                line("", "Zoe", "[[0], [1], [2]]"),
                line("", "unknown", "[[2], [1], [0]]"),
                line("", "unknown", "[[2], [1], [0]]"));
        assertThat(importRankings(named)).isEqualTo(new Outcome(2, 0));
        assertThat(importRankings(nameless))
                .as("equal ones by people who are not named")
                .isEqualTo(new Outcome(3, 0));
        int tasks = count("task");
        List<Ranking> before = rankings();
        assertThat(importRankings(named)).isEqualTo(new Outcome(0, 2));
        assertThat(importRankings(nameless)).isEqualTo(new Outcome(0, 3));
        assertThat(rankings()).isEqualTo(before).hasSize(4);
        assertThat(count("task")).isEqualTo(tasks).isEqualTo(2);
        Path own = folder.resolve("own.jsonl");
        ExportFile.rankings(store, project, own);
        assertThat(importRankings(own)).as("its own export").isEqualTo(new Outcome(0, 4));
    }

    /** Half of each file is in the other, in the opposite order; their labelers are new. */
    @Test
    void filesThatComeAtOnceAllGoInAndNothingTwice() throws Exception {
        Project other = project("Other");
        List<String> lines = IntStream.range(0, 300)
                .mapToObj(i -> line("r" + i, "labeler " + i, "[[0], [1, 2]]").replace("'p'", "'p" + i / 2 + "'"))
                .toList();
        List<String> backwards = new ArrayList<>(lines.subList(100, 300));
        Collections.reverse(backwards);
        Path first = file("first.jsonl", lines.subList(0, 200).toArray(String[]::new));
        Path second = file("second.jsonl", backwards.toArray(String[]::new));
        List<Outcome> outcomes = atOnce(List.of(
                () -> ImportFile.read(first, STRICT).addRankings(store, project, admin.id()),
                () -> ImportFile.read(second, STRICT).addRankings(store, project, admin.id()),
                () -> ImportFile.read(first, STRICT).addRankings(store, other, admin.id()),
                () -> ImportFile.read(second, STRICT).addRankings(store, other, admin.id())));
        for (int i = 0; i < 4; i += 2) {
            assertThat(outcomes.get(i).added() + outcomes.get(i + 1).added()).isEqualTo(300);
            assertThat(outcomes.get(i).known() + outcomes.get(i + 1).known()).isEqualTo(100);
        }
        assertThat(rankings()).extracting(Ranking::id).doesNotHaveDuplicates().hasSize(300);
        assertThat(count("ranking")).isEqualTo(600);
        assertThat(count("labeler")).as("and the admin").isEqualTo(301);
        assertThat(count("task")).as("two rankings each").isEqualTo(300);
        assertThat(count("seat")).isEqualTo(600);
    }

    @Test
    void tasksThatComeAtOnceComeOnce() throws Exception {
        List<String> lines = IntStream.range(0, 200)
                .mapToObj(i -> "{'prompt': 'p" + i + "', 'completions': ['a', 'b']}")
                .toList();
        Path file = file("t.jsonl", lines.toArray(String[]::new));
        Callable<Outcome> work = () -> ImportFile.read(file, STRICT).addTasks(store, project, admin.id());
        assertThat(atOnce(List.of(work, work, work)))
                .containsExactlyInAnyOrder(new Outcome(200, 0), new Outcome(0, 200), new Outcome(0, 200));
        assertThat(count("task")).isEqualTo(200);
    }

    private static List<Outcome> atOnce(List<Callable<Outcome>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> one : threads.invokeAll(works)) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aChangeOfMindInALaterFileIsAnotherRevision() throws IOException {
        importRankings(file("a.jsonl", line("r1", "Zoe", "[[0], [1, 2]]")));
        assertThat(importRankings(file("b.jsonl", line("r2", "Zoe", "[[1], [0, 2]]"))))
                .isEqualTo(new Outcome(1, 0));
        assertThat(rankings()).extracting(Ranking::id).containsExactly("r2");
        assertThat(count("ranking")).isEqualTo(2);
        assertThat(count("task")).isEqualTo(1);
    }

    @Test
    void whoeverRankedElsewhereIsNotAskedAgain() throws IOException {
        importRankings(file("a.jsonl", line("r1", "Zoe", "[[0], [1, 2]]"), line("r2", "Yan", "[[0], [1, 2]]")));
        assertThat(new Tasks(store).seats(project.id())).isEqualTo(Map.of("free", 0, "leased", 0, "done", 2));
        Tasks.Draft same =
                new Tasks.Draft(rankings().get(0).prompt(), rankings().get(0).completions());
        new Tasks(store).add(project, List.of(same), admin.id());
        assertThat(new Queue(store).next(project, admin.id()))
                .as("the other task")
                .isPresent();
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsLineAndNothingIsKept() throws IOException {
        String fine = line("r1", "Zoe", "[[0], [1, 2]]");
        for (List<String> wrong : List.of(
                List.of(fine.replace("helpful", "brevity"), ":2: found the criterion 'brevity', expected one of"),
                List.of(fine.replace("2025-01-01T12:00:00Z", "noon"), ":2: found the time 'noon', expected one like"),
                List.of(
                        fine.replace("2025-01-01T12:00:00Z", "+999999999-01-01T12:00:00Z"),
                        ":2: found the time '+999999999-01-01T12:00:00Z', expected one like"),
                List.of(fine.replace("Zoe", "Z\\u0000"), ":2: found the character U+0000 in labeler"),
                List.of(
                        fine.replace("'a', 'b', 'c'", "'a'").replace("[[0], [1, 2]]", "[[0]]"),
                        ":2: found 1 completions"),
                List.of(fine.replace("[1, 2]", "[1]").replace("[[0]", "[[7]"), ":2, key 'order': found the index 7"),
                List.of(fine.replace("Zoe", "Z".repeat(201)), ":2: found a labeler's name of 201 characters"),
                List.of(line("r0", "Zoe", "[[2], [0, 1]]"), ":2: found the id 'r0' of another ranking"))) {
            Path file = file("a.jsonl", line("r0", "Yan", "[[0, 1, 2]]"), wrong.get(0));
            assertThatThrownBy(() -> importRankings(file))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("a.jsonl" + wrong.get(1));
        }
        assertThat(count("ranking") + count("task") + count("imported_ranking")).isZero();
        assertThat(new Labelers(store).all()).containsExactly(admin);
    }

    @Test
    void timesOfManyKindsAreRead() throws IOException {
        String fine = line("", "Zoe", "[[0], [1, 2]]");
        importRankings(file(
                "a.jsonl",
                fine,
                fine.replace("2025-01-01T12:00:00Z", "2025-01-01"),
                fine.replace("2025-01-01T12:00:00Z", "2025-01-01 10:00:00.25"),
                fine.replace("2025-01-01T12:00:00Z", "2025-01-01T10:00:00.123456+02:00"),
                fine.replace(", 'time': '2025-01-01T12:00:00Z'", "")));
        assertThat(rankings())
                .extracting(Ranking::time)
                .containsExactly(
                        null,
                        "2025-01-01",
                        "2025-01-01T10:00:00.123456+02:00",
                        "2025-01-01 10:00:00.25",
                        "2025-01-01T12:00:00Z");
    }

    @Test
    void tasksComeFromEveryFileAndOnce() throws IOException {
        Path lines = file(
                "t.jsonl",
                "{'prompt': 'p', 'completions': ['a', {'text': 'b', 'model': 'm'}]}",
                "{'prompt': 'q', 'completions': ['a', 'b']}",
                "{'prompt': 'q', 'completions': ['a', 'b']}");
        Path table = folder.resolve("t.parquet");
        RowFiles.write(table, Dataset.read(lines, STRICT).rows());
        Path cells = folder.resolve("t.csv.gz");
        RowFiles.write(cells, Dataset.read(lines, STRICT).rows());
        ImportFile read = ImportFile.read(lines, STRICT);
        assertThat(read.ranked()).isFalse();
        assertThat(read.addTasks(store, project, admin.id())).isEqualTo(new Outcome(3, 0));
        for (Path again : List.of(table, cells)) {
            assertThat(ImportFile.read(again, STRICT).addTasks(store, project, admin.id()))
                    .isEqualTo(new Outcome(0, 3));
        }
        assertThat(count("task")).isEqualTo(3);
        assertThatThrownBy(() -> read.addRankings(store, project, admin.id()))
                .hasMessageContaining("found the format tasks, expected rankings");
        Path one = file("one.jsonl", "{'prompt': 'p', 'completions': ['a']}");
        assertThatThrownBy(() -> ImportFile.read(one, STRICT).addTasks(store, project, admin.id()))
                .hasMessageContaining("one.jsonl:1: found 1 completions, expected 2 to 10");
        Path other = file("other.jsonl", "{'prompt': 'p', 'completion': 'a'}");
        assertThatThrownBy(() -> ImportFile.read(other, STRICT))
                .hasMessageContaining("found the format prompt/completion");
    }

    @Test
    void howCompletionsWereSampledGoesInAndComesOut() throws IOException {
        Path file = file(
                "t.jsonl",
                "{'prompt': 'p', 'completions': ['a', {'text': 'b', 'model': 'ours', 'sampling':"
                        + " {'temperature': 0.7, 'top_p': 0.95, 'max_new_tokens': 64, 'stop': ['\\u0000']}}]}");
        String sampling =
                "\"sampling\":{\"temperature\":0.7,\"top_p\":0.95,\"max_new_tokens\":64,\"stop\":[\"\\u0000\"]}";
        ImportFile.read(file, STRICT).addTasks(store, project, admin.id());
        Queue queue = new Queue(store);
        String task = queue.next(project, admin.id()).orElseThrow().task();
        List<Judgement> judgements = CRITERIA.stream()
                .map(criterion -> new Judgement(criterion.name(), List.of(List.of(1), List.of(0)), List.of(), false))
                .toList();
        queue.submit(new Submission("s", task, admin.id(), judgements, 1));
        Path first = folder.resolve("first.jsonl");
        Path table = folder.resolve("first.parquet");
        ExportFile.rankings(store, project, first);
        ExportFile.rankings(store, project, table);
        assertThat(Files.readAllLines(first)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("[{\"text\":\"a\",\"model\":null},{\"text\":\"b\",\"model\":\"ours\"," + sampling + "}]"));
        for (Path from : List.of(first, table)) {
            Project copy = project("Copy of " + from.getFileName());
            ImportFile read = ImportFile.read(from, STRICT);
            assertThat(read.addRankings(store, copy, admin.id())).isEqualTo(new Outcome(2, 0));
            Path second = folder.resolve("second.jsonl");
            ExportFile.rankings(store, copy, second);
            assertThat(second).hasSameBinaryContentAs(first);
            assertThat(read.addTasks(store, copy, admin.id())).isEqualTo(new Outcome(0, 1));
        }
    }

    @Test
    void howCompletionsWereSampledMakesNoOtherTaskOrRanking() throws IOException {
        String plain = line("r1", "Zoe", "[[0], [1, 2]]");
        String sampled = plain.replace("'a'", "{'text': 'a', 'sampling': {'temperature': 0.5}}");
        assertThat(importRankings(file("a.jsonl", sampled))).isEqualTo(new Outcome(1, 0));
        assertThat(importRankings(file("b.jsonl", plain, line("r2", "Yan", "[[1], [0, 2]]"))))
                .isEqualTo(new Outcome(1, 1));
        assertThat(count("task")).isEqualTo(1);
        ImportFile both = ImportFile.read(file("c.jsonl", sampled, plain), STRICT);
        assertThat(both.addTasks(store, project("Other"), admin.id())).isEqualTo(new Outcome(1, 0));
    }

    @Test
    void preferencesSayWhoseTheyAre() throws IOException {
        importRankings(file("a.jsonl", line("r1", "Zoe", "[[2], [0, 1]]")));
        Path out = folder.resolve("pairs.parquet");
        assertThat(ExportFile.preferences(store, project, out, PairOptions.defaults()))
                .isEqualTo(2);
        assertThat(Dataset.read(out, STRICT).rowsOf(Row.PreferenceRow.class))
                .extracting(row -> row.preference().origin())
                .containsOnly(new Preference.Origin(
                        List.of("r1"),
                        List.of("helpful"),
                        List.of("Zoe"),
                        List.of("v1"),
                        List.of("2025-01-01T12:00:00Z"),
                        null,
                        null));
        Project none = project("Empty");
        assertThatThrownBy(() -> ExportFile.rankings(store, none, out)).hasMessageContaining("found no rankings");
        assertThatThrownBy(() -> ExportFile.rankings(store, project, folder.resolve("a.xml")))
                .hasMessageContaining("a name without a known extension");
    }
}
