package dev.attune.studio.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.feedback.Preference;
import dev.attune.core.feedback.Ranking;
import dev.attune.feedback.Database;
import dev.attune.feedback.store.Criterion;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labeler.Role;
import dev.attune.feedback.store.Members;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import dev.attune.studio.FreshStudio;
import dev.attune.studio.StudioClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files into projects and out of them, over HTTP. */
@ParameterizedClass
@EnumSource(Database.class)
class ImportExportStudioTest {
    private static final String RANKINGS =
            "{\"id\":\"r1\",\"prompt\":\"p\",\"completions\":[{\"text\":\"a\",\"model\":null},"
                    + "{\"text\":\"b\",\"model\":\"m\"},{\"text\":\"c\",\"model\":null}],\"criterion\":\"helpful\",\"order\":[[2],[0,1]],"
                    + "\"unranked\":[],\"labeler\":\"Zoe\",\"guideline\":\"v1\",\"time\":\"2025-01-01T12:00:00Z\"}\n";

    @Parameter
    Database database;

    @TempDir
    Path folder;

    private FreshStudio studio;
    private StudioClient reviewer;
    private StudioClient labeler;
    private String project;

    @BeforeEach
    void start() {
        studio = new FreshStudio(database, folder);
        Store store = studio.store;
        Labeler ada = studio.join("Ada", Role.REVIEWER);
        Labeler ben = studio.join("Ben", Role.LABELER);
        Project open = new Projects(store).add(Project.Plan.of("Open project", List.of(Criterion.HELPFUL)), ada.id());
        new Members(store).add(open.id(), ben.id(), ada.id());
        project = "/projects/" + open.id();
        reviewer = studio.client(ada);
        labeler = studio.client(ben);
    }

    @AfterEach
    void stop() {
        studio.close();
    }

    private HttpResponse<String> upload(StudioClient client, String name, String content)
            throws IOException, InterruptedException {
        return client.upload(project + "/tasks", StudioClient.file(name, content));
    }

    private HttpResponse<String> uploadAsTasks() throws IOException, InterruptedException {
        return reviewer.upload(
                project + "/tasks", StudioClient.part("as", "tasks") + StudioClient.file("r.jsonl", RANKINGS));
    }

    /** The page that a form leads to. */
    private String after(HttpResponse<String> sent) throws IOException, InterruptedException {
        return reviewer.get(StudioClient.after(sent)).body();
    }

    private Path download(String query) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(reviewer.request(project + "/export?" + query).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        String name = StudioClient.first(
                "filename=\"([^\"]+)\"",
                answer.headers().firstValue("Content-Disposition").orElseThrow());
        return Files.write(folder.resolve(name), answer.body());
    }

    @Test
    void rankingsGoInWithTheirLabelersAndComeOutAsTheyWere() throws Exception {
        assertThat(after(upload(reviewer, "r.jsonl", RANKINGS)))
                .contains("Added: 1.")
                .doesNotContain("There already");
        assertThat(after(upload(reviewer, "r.jsonl", RANKINGS))).contains("Added: 0. Already known: 1.", "as Parquet");
        Path lines = download("what=rankings&as=jsonl");
        assertThat(lines).hasFileName("rankings.jsonl").hasContent(RANKINGS.strip());
        assertThat(reviewer.get(project + "/rankings.jsonl").body()).isEqualTo(RANKINGS);
        Path table = download("what=rankings&as=parquet");
        assertThat(table).hasFileName("rankings.parquet");
        assertThat(Dataset.read(table, ReadOptions.defaults()).rankings())
                .isEqualTo(Dataset.read(lines, ReadOptions.defaults()).rankings())
                .extracting(Ranking::labeler)
                .containsExactly("Zoe");
        for (String as : List.of("jsonl", "parquet")) {
            List<Preference> pairs = Dataset.read(download("what=preferences&as=" + as), ReadOptions.defaults())
                    .preferences();
            assertThat(pairs).extracting(Preference::chosen).containsExactly("c", "c");
            assertThat(pairs.get(0).origin().guidelines()).containsExactly("v1");
            assertThat(pairs.get(0).origin().times()).containsExactly("2025-01-01T12:00:00Z");
        }
    }

    @Test
    void nothingIsLeftOnTheServersDisk() throws Exception {
        List<Path> before = left(); // by a studio that was killed
        after(upload(reviewer, "r.jsonl", RANKINGS));
        download("what=rankings&as=parquet");
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!before.containsAll(left()) && System.nanoTime() < deadline) {
            Thread.sleep(50); // other studios on this machine may be at work
        }
        assertThat(before).containsAll(left());
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(path -> path.getFileName().toString().matches("attune-(upload|export).*"))
                    .toList();
        }
    }

    @Test
    void tasksComeFromTablesAndFromRankings() throws Exception {
        String table = "prompt,completions\r\nHello?,\"[\"\"Hi\"\", \"\"No\"\"]\"\r\n";
        assertThat(after(upload(reviewer, "t.csv", table))).contains("Added: 1.", "0 of 1 ranked");
        assertThat(after(uploadAsTasks())).contains("Added: 1.", "0 of 2 ranked");
        assertThat(after(uploadAsTasks())).contains("Added: 0. Already known: 1.");
    }

    @Test
    void wrongFilesAreRefusedByTheirOwnNames() throws Exception {
        HttpResponse<String> wrong =
                upload(reviewer, "../../my tasks.jsonl", "{\"prompt\": \"p\", \"completions\": [\"a\"]}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).startsWith("my tasks.jsonl:1: found 1 completions, expected 2 to 10");
        assertThat(upload(reviewer, "..", "nothing").body()).startsWith("file: found");
        assertThat(upload(reviewer, "r.jsonl", RANKINGS.replace("helpful", "brief"))
                        .body())
                .startsWith("r.jsonl:1: found the criterion 'brief', expected one of the project's: helpful");
        assertThat(reviewer.get(project + "/export").statusCode())
                .as("no rankings")
                .isEqualTo(422);
        assertThat(reviewer.get(project + "/export?as=xml").body()).startsWith("as: found 'xml'");
        upload(reviewer, "r.jsonl", RANKINGS);
        assertThat(reviewer.get(project + "/export?what=people").body()).startsWith("what: found 'people'");
        assertThat(reviewer.get(project + "?added=%3Cb%3E&known=1").body()).doesNotContain("<b>", "Added");
    }

    @Test
    void labelersNeitherSendNorTakeFiles() throws Exception {
        assertThat(upload(labeler, "r.jsonl", RANKINGS).statusCode()).isEqualTo(403);
        assertThat(labeler.get(project + "/export").statusCode()).isEqualTo(403);
        assertThat(labeler.get(project).body()).doesNotContain("export?", "Add prompts");
        assertThat(studio.client(null).get(project + "/export").statusCode()).isEqualTo(302);
    }
}
