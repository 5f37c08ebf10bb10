package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs of the preference methods from recipe to model directory, with the data that they take. */
class PreferenceRunsTest {
    @TempDir
    Path folder;

    private Path model;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyDirectory.model(folder);
    }

    private List<JsonNode> run(String method, Path data, String more) throws IOException {
        Path out = Files.createTempDirectory(folder, "run").resolve("out");
        run(method, data, more, out);
        return Files.readAllLines(out.resolve("metrics.jsonl")).stream()
                .map(Json::tree)
                .toList();
    }

    private Path run(String method, Path data, String more, Path out) throws IOException {
        String text = "method: " + method + "\nmodel: " + model + "\ndata: {path: " + data + ", max_length: 32}\n"
                + "optimizer: {learning_rate: 1e-2}\nsteps: 4\n" + more + "\n";
        return new Training(listener()).run(RecipeReader.parse("r.yaml", text, Map.of()), out);
    }

    private RunListener listener() {
        return new RunListener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        };
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    @Test
    void dpoStartsAtLog2AndLearns() throws IOException {
        List<JsonNode> steps = run("dpo", TinyDirectory.pairs(folder), "evaluate: {every: 2}");
        assertThat(steps.get(0).get("loss").asDouble()).isCloseTo(Math.log(2), within(1e-4));
        assertThat(steps.get(0).get("rewards/accuracies").asDouble()).isZero();
        assertThat(steps.get(3).get("loss").asDouble()).isLessThan(0.65);
        assertThat(steps.get(3).get("eval_rewards/margins").asDouble()).isPositive();
        assertThat(steps.get(3).get("lengths/chosen").asDouble()).isEqualTo(3);
    }

    @Test
    void theReferenceIsComputedOnceAndAnotherOneIsUsed() throws IOException {
        Path data = TinyDirectory.pairs(folder);
        Path first = folder.resolve("first");
        Path trained = run("dpo", data, "checkpoint: {every: 2}", first);
        // 4 steps of 8 pairs and 3 held-out ones; the other 5 pairs are asked for when the run is extended
        assertThat(notes).anySatisfy(note -> assertThat(note).matches("reference .* of 70 completions computed .*"));
        try (Stream<Path> files = Files.list(first.resolve("reference"))) {
            assertThat(files.toList()).hasSize(1);
        }
        notes.clear();
        new Training(listener()).resume(first, 6);
        assertThat(notes).anySatisfy(note -> assertThat(note).matches("reference .* of 10 completions computed .*"));
        new Training(listener()).resume(first, 7);
        assertThat(notes).anySatisfy(note -> assertThat(note).startsWith("reference log-probabilities read from"));
        List<JsonNode> other = run("dpo", data, "reference: " + trained);
        assertThat(other.get(0).get("loss").asDouble()).isGreaterThan(0.7);
        assertThat(other.get(0).get("rewards/margins").asDouble()).isNegative();
    }

    /** The reference is the base as it is stored under the adapter; of a continued adapter it is not the start. */
    @Test
    void theReferenceOfAnAdapterIsItsBase() throws IOException {
        Path data = TinyDirectory.pairs(folder);
        for (String base : List.of("f32", "bf16", "int8")) {
            List<JsonNode> steps = run("dpo", data, "lora: {rank: 2, base: " + base + "}");
            assertThat(steps.get(0).get("loss").asDouble()).as(base).isCloseTo(Math.log(2), within(1e-4));
            assertThat(steps.get(3).get("loss").asDouble()).as(base).isLessThan(0.692);
        }
        Path first = folder.resolve("first");
        run("dpo", data, "lora: {rank: 2}", first);
        List<JsonNode> further = run("dpo", data, "lora: {start: " + first.resolve("adapter") + "}");
        assertThat(further.get(0).get("rewards/margins").asDouble()).isPositive();
    }

    @Test
    void ktoTakesLabelsPreferencesAndRankings() throws IOException {
        Path labels = file(
                "labels.jsonl",
                "{\"prompt\": \"say 1\", \"completion\": \"aa\", \"label\": true}",
                "{\"prompt\": \"say 2\", \"completion\": \"zz\", \"label\": false}",
                "{\"prompt\": \"say 3\", \"completion\": \"ab\", \"label\": true}",
                "{\"prompt\": \"say 4\", \"completion\": \"zy\", \"label\": false}");
        Path ranking = file(
                "rankings.jsonl",
                "{\"id\": \"r\", \"prompt\": \"ab\", \"completions\": [{\"text\": \"c\"}, {\"text\": \"d\"},"
                        + " {\"text\": \"e\"}], \"criterion\": \"good\", \"order\": [[2], [0, 1]], \"unranked\": [],"
                        + " \"labeler\": \"me\"}");
        for (Path data : List.of(labels, TinyDirectory.pairs(folder), ranking)) {
            int rows = data.equals(ranking) ? 3 : 4;
            List<JsonNode> steps =
                    run("kto", data, "batch: {rows: " + rows + ", micro: " + rows + "}\nevaluate: {split: 0}");
            assertThat(steps).hasSize(4);
            assertThat(steps.get(0).get("loss").asDouble()).isCloseTo(0.5, within(1e-4));
            assertThat(steps.get(0).get("kl").asDouble()).isCloseTo(0, within(1e-4));
        }
        assertThat(notes).anySatisfy(note -> assertThat(note).contains("0.50 (1 and 2 rows)"));
        Path scores = file("scores.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\", \"reward\": 0.3}");
        assertThatThrownBy(() -> run("kto", scores, "evaluate: {split: 0}"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("scores.jsonl:1")
                .hasMessageContaining("the label 0.3");
    }

    /** Pitfalls 15: pairs that are equal give no gradient; where nothing else is there the run is refused. */
    @Test
    void aRunWithoutAPairIsRefused() throws IOException {
        Path equal = file("equal.jsonl", "{\"prompt\": \"a\", \"chosen\": \"bc\", \"rejected\": \"bc\"}");
        Path full =
                file("full.jsonl", "{\"prompt\": \"" + "a".repeat(40) + "\", \"chosen\": \"b\", \"rejected\": \"c\"}");
        for (Path data : List.of(equal, full)) {
            assertThatThrownBy(() -> run("dpo", data, "evaluate: {split: 0}"))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(data.getFileName().toString());
        }
        Path prompts = TinyDirectory.prompts(folder);
        assertThatThrownBy(() -> run("dpo", prompts, "evaluate: {split: 0}"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("prompt/chosen/rejected");
    }

    @Test
    void methodsWithoutAReferenceNeedNone() throws IOException {
        for (String method : List.of("orpo", "simpo", "cpo")) {
            Path out = folder.resolve(method);
            run(method, TinyDirectory.pairs(folder), "evaluate: {split: 0}", out);
            assertThat(out.resolve("reference")).doesNotExist();
            assertThat(Json.readTree(out.resolve("provenance.json")).get("parents"))
                    .hasSize(1);
        }
    }
}
