package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FeedbackCommandTest {
    private static final String TASK = "{\"prompt\": \"Hello?\", \"completions\": [\"Hi\", \"No\", \"Yes\"]}\n";

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** A command that knows the test's database. */
    private CommandLineRun feedback(String... arguments) {
        List<String> all = new ArrayList<>(List.of("feedback"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--db", folder.resolve("studio.db").toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static String ranking(String id, String labeler, String order) {
        return "{\"id\":\"" + id + "\",\"prompt\":\"p\",\"completions\":[{\"text\":\"a\",\"model\":null},"
                + "{\"text\":\"b\",\"model\":null},{\"text\":\"c\",\"model\":null}],\"criterion\":\"helpful\",\"order\":"
                + order
                + ",\"unranked\":[],\"labeler\":\"" + labeler
                + "\",\"guideline\":\"v1\",\"time\":\"2025-01-01T12:00:00Z\"}\n";
    }

    private String rankings() throws IOException {
        return file(
                "r.jsonl",
                ranking("r1", "l1", "[[0],[1],[2]]")
                        + ranking("r2", "l2", "[[0],[2],[1]]")
                        + ranking("r3", "l3", "[[0,1],[2]]"));
    }

    @Test
    void rankingsGoInAndComeOutAsTheyWere() throws IOException {
        String rankings = rankings();
        CommandLineRun run = feedback("import", rankings, "--project", "Old", "--criterion", "helpful");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Old: rankings added: 3, already known: 0\n");
        assertThat(run.err()).startsWith("created the project 'Old'\n");
        CommandLineRun again = feedback("import", rankings, "--project", "Old", "--json");
        assertThat(again.out())
                .isEqualTo(
                        "{\"project\":\"Old\",\"as\":\"rankings\",\"added\":0,\"known\":3,\"rows\":3,\"dropped\":0,\"unused_keys\":{}}\n");
        Path out = folder.resolve("out.jsonl");
        assertThat(feedback("export", out.toString(), "--project", "Old").out()).isEqualTo(out + ": 3 rankings\n");
        assertThat(out).hasSameBinaryContentAs(Path.of(rankings));
        Path table = folder.resolve("out.parquet");
        CommandLineRun pairs = feedback(
                "export", table.toString(), "--project", "Old", "--as", "preferences", "--ties", "half", "--json");
        assertThat(pairs.out()).isEqualTo("{\"out\":\"" + table + "\",\"as\":\"preferences\",\"written\":9}\n");
        assertThat(folder.resolve("out.parquet.provenance.json"))
                .content()
                .contains("\"project\" : \"Old\"", "\"ties\" : \"half\"");
        CommandLineRun inspected = CommandLineRun.of("data", "inspect", table.toString());
        assertThat(inspected.out()).contains("format       prompt/chosen/rejected, parquet\nrows         9, 9 without");
    }

    @Test
    void tasksAreDetectedOrTakenOutOfRankings() throws IOException {
        String tasks = file("t.jsonl", TASK);
        assertThat(feedback("import", tasks, "--project", "New", "--criterion", "helpful,brevity", "--overlap", "2")
                        .out())
                .isEqualTo("New: tasks added: 1, already known: 0\n");
        assertThat(feedback("import", rankings(), "--project", "New", "--as", "tasks")
                        .out())
                .isEqualTo("New: tasks added: 1, already known: 0\n");
        assertThat(feedback("import", tasks, "--project", "New", "--as", "rankings")
                        .lastError())
                .isEqualTo("attune: " + tasks
                        + ": found the format tasks, expected rankings; import it as tasks, to be ranked");
    }

    @Test
    void agreementIsWorkedOutOfAFileOrAProject() throws IOException {
        String rankings = rankings();
        feedback("import", rankings, "--project", "Old", "--criterion", "helpful");
        JsonNode ofFile = Json.tree(
                CommandLineRun.of("feedback", "agreement", rankings, "--json").out());
        JsonNode ofProject =
                Json.tree(feedback("agreement", "--project", "Old", "--json").out());
        assertThat(ofFile).isEqualTo(ofProject);
        JsonNode helpful = ofFile.get("criteria").get(0);
        assertThat(helpful.get("comparisons").asInt()).isEqualTo(9);
        assertThat(helpful.get("agreement").asDouble()).isEqualTo(5.0 / 9);
        assertThat(helpful.get("alpha_interval")).hasSize(2);
        assertThat(feedback("agreement", "--project", "Old").out())
                .contains(
                        "criterion  rankings  labelers  comparisons  agreement",
                        "helpful           3         3            9  0.556 [");
        String one = file("one.jsonl", ranking("r1", "l1", "[[0],[1],[2]]"));
        assertThat(CommandLineRun.of("feedback", "agreement", one).out()).endsWith("0  -          -      -\n");
    }

    @Test
    void mistakesAreNamed() throws IOException {
        String rankings = rankings();
        assertThat(feedback("import", rankings, "--project", "Old").lastError())
                .isEqualTo(
                        "attune: --db " + folder.resolve("studio.db")
                                + ": found no such file, expected a studio's database; name the database of the studio with --db");
        assertThat(folder.resolve("studio.db")).doesNotExist();
        CommandLineRun other = feedback("import", rankings, "--project", "Old", "--criterion", "brevity");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.lastError())
                .contains(rankings + ":1: found the criterion 'helpful', expected one of the project's");
        feedback("import", rankings, "--project", "Old", "--criterion", "helpful");
        assertThat(feedback("export", folder.resolve("a.jsonl").toString(), "--project", "Odd")
                        .lastError())
                .startsWith("attune: --project 'Odd': found no such project, expected one of 'Old'");
        assertThat(feedback("import", rankings, "--project", "Old", "--criterion", "honest")
                        .lastError())
                .contains("found an existing project that ranks by helpful");
        assertThat(feedback("import", rankings, "--project", "Old", "--as", "pairs")
                        .lastError())
                .contains("--as: found 'pairs', expected tasks or rankings");
        assertThat(feedback("export", folder.resolve("a.xml").toString(), "--project", "Old")
                        .status())
                .isEqualTo(2);
        assertThat(feedback("agreement").lastError()).contains("found neither a file nor --project");
        assertThat(CommandLineRun.of("feedback").lastError()).contains("expected import, export or agreement");
        String broken = file("b.jsonl", ranking("r9", "l1", "[[0],[1]]") + "{\"prompt\": 1\n");
        assertThat(feedback("import", broken, "--project", "Old").lastError())
                .startsWith("attune: " + broken + ":1, key 'order': found 2 of 3 indices");
    }

    @Test
    void theLabCountsWhatArrives() {
        CommandLineRun run = CommandLineRun.of("lab", "feedback", "--rankings", "30", "--json");
        JsonNode figures = Json.tree(run.out()).get("figures");
        assertThat(figures.get(4).get("value").asInt()).as("lines that changed").isZero();
        assertThat(figures.get(5).get("value").asInt())
                .as("pairs more or fewer")
                .isZero();
        assertThat(figures.get(5).get("note").asString()).isEqualTo("of 140");
    }
}
