package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ScoreCommandTest {
    private static final String PAIR = "{\"prompt\": \"Who bakes?\", \"chosen\": \"%s\", \"rejected\": \"%s\"}\n";

    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void makeModel() {
        model = TestModels.reward(folder).toString();
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void pairsGetMarginsAndAnAccuracyWithItsInterval() throws IOException {
        // A pair and the same pair turned round: whichever way the model leans, one of the two is right.
        String pairs = file("pairs.jsonl", PAIR.formatted("Ada.", "Go away.") + PAIR.formatted("Go away.", "Ada."));
        CommandLineRun run = CommandLineRun.of("score", model, pairs, "--json");
        assertThat(run.status()).isZero();
        JsonNode result = Json.tree(run.out());
        assertThat(result.get("accuracy").asDouble()).isEqualTo(0.5);
        // Wilson, 1 of 2: centre 0.5, half width 1.96 / (1 + 1.92) * sqrt(0.125 + 0.2401) = 0.4055
        assertThat(result.get("accuracy_interval").get(0).asDouble()).isCloseTo(0.0945, within(1e-4));
        assertThat(result.get("accuracy_interval").get(1).asDouble()).isCloseTo(0.9055, within(1e-4));
        assertThat(result.get("pairs").asInt()).isEqualTo(2);
        JsonNode first = result.get("rows").get(0);
        JsonNode second = result.get("rows").get(1);
        assertThat(first.get("line").asInt()).isEqualTo(1);
        assertThat(second.get("line").asInt()).isEqualTo(2);
        assertThat(first.get("margin").asDouble())
                .isNotZero()
                .isEqualTo(
                        first.get("chosen").asDouble() - first.get("rejected").asDouble());
        assertThat(second.get("margin").asDouble())
                .isCloseTo(-first.get("margin").asDouble(), within(1e-5));

        CommandLineRun text = CommandLineRun.of("score", model, pairs);
        assertThat(text.out())
                .contains("line  chosen  rejected")
                .endsWith("accuracy 0.500 [0.095, 0.905] over 2 pairs\n");
        assertThat(text.err()).isEqualTo(pairs + ": prompt/chosen/rejected, 2 rows, 2 used\n");
    }

    @Test
    void completionsGetTheScoreThatTheyGetInPairs() throws IOException {
        String pairs = file("one.jsonl", PAIR.formatted("Ada.", "Go away."));
        String completions = file("completions.csv", "prompt,completion\nWho bakes?,Go away.\nWho bakes?,Ada.\n");
        JsonNode pair = Json.tree(
                        CommandLineRun.of("score", model, pairs, "--json").out())
                .get("rows")
                .get(0);
        JsonNode rows = Json.tree(
                        CommandLineRun.of("score", model, completions, "--json").out())
                .get("rows");
        assertThat(rows.get(0).get("score").asDouble())
                .isCloseTo(pair.get("rejected").asDouble(), within(1e-5));
        assertThat(rows.get(1).get("score").asDouble())
                .isCloseTo(pair.get("chosen").asDouble(), within(1e-5));
        assertThat(rows.get(1).get("line").asInt()).isEqualTo(3);
    }

    private static JsonNode rows(String name, String text) throws IOException {
        CommandLineRun run = CommandLineRun.of("score", model, file(name, text.replace('\'', '"')), "--json");
        assertThat(run.status()).as(name + ": " + run.lastError()).isZero();
        return Json.tree(run.out()).get("rows");
    }

    @Test
    void everyFormatWithCompletionsIsScored() throws IOException {
        double ada = rows("a.jsonl", "{'prompt': 'Who bakes?', 'completion': 'Ada.'}\n")
                .get(0)
                .get("score")
                .asDouble();
        double away = rows("b.jsonl", "{'prompt': 'Who bakes?', 'completion': 'Go away.'}\n")
                .get(0)
                .get("score")
                .asDouble();
        JsonNode tasks =
                rows("tasks.jsonl", "{'prompt': 'Who bakes?', 'completions': ['Ada.', {'text': 'Go away.'}]}\n");
        assertThat(tasks).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(tasks.get(i).get("line").asInt()).isEqualTo(1);
            assertThat(tasks.get(i).get("completion").asInt()).isEqualTo(i);
            assertThat(tasks.get(i).get("score").asDouble()).isCloseTo(i == 0 ? ada : away, within(1e-5));
        }
        assertThat(rows("labels.jsonl", "{'prompt': 'Who bakes?', 'completion': 'Ada.', 'label': true}\n")
                        .get(0)
                        .get("score")
                        .asDouble())
                .isCloseTo(ada, within(1e-5));
        List<String> ranked = List.of(
                "{'prompt': 'Who bakes?', 'completions': ['Ada.', 'Go away.'], 'order': [[0], [1]]}",
                "{'fields': {'prompt': 'Who bakes?', 'a': 'Ada.', 'b': 'Go away.'}, 'responses': [{'user_id': 'u',"
                        + " 'values': {'q': {'value': ['a', 'b']}}}]}",
                "{'data': {'prompt': 'Who bakes?', 'text1': 'Ada.', 'text2': 'Go away.'}, 'annotations': [{'result':"
                        + " [{'type': 'pairwise', 'from_name': 'p', 'value': {'selected': 'left'}}]}]}",
                "{'prompt': 'Who bakes?', 'response_1': 'Ada.', 'response_2': 'Go away.', 'preference_strength': -2}",
                "{'instruction': 'Who bakes?', 'output': ['Ada.', 'Go away.']}");
        for (String row : ranked) {
            JsonNode pair = rows("ranked.jsonl", row + "\n").get(0);
            assertThat(pair.get("chosen").asDouble()).as(row).isCloseTo(ada, within(1e-5));
            assertThat(pair.get("rejected").asDouble()).as(row).isCloseTo(away, within(1e-5));
        }
        CommandLineRun table = CommandLineRun.of("score", model, folder + "/tasks.jsonl");
        assertThat(table.out()).startsWith("line  completion").contains("\n   1           1 ");
    }

    @Test
    void inputsBesideThePromptChangeTheScore() throws IOException {
        JsonNode rows = rows(
                "inputs.jsonl",
                "{'instruction': 'Translate', 'input': 'The cat sleeps.', 'chosen': 'x', 'rejected': 'y', 'id': 1}\n"
                        + "{'instruction': 'Translate', 'input': 'The dog runs.', 'chosen': 'x', 'rejected': 'y', 'id': 2}\n");
        assertThat(rows.get(0).get("chosen").asDouble())
                .isNotEqualTo(rows.get(1).get("chosen").asDouble());
        assertThat(CommandLineRun.of("score", model, folder + "/inputs.jsonl").err())
                .contains("2 rows, 2 used; unused keys: id (2 rows)");
    }

    @Test
    void equalScoresAreWrongAndTiesDoNotCount() throws IOException {
        String pairs = file(
                "equal.jsonl",
                PAIR.formatted("Ada.", "Ada.") + PAIR.formatted("Ada.", "No.").replace("}", ", \"probability\": 0.5}"));
        CommandLineRun run = CommandLineRun.of("score", model, pairs, "--on-fault", "keep");
        // Wilson, 0 of 1: 3.8415 / 4.8415
        assertThat(run.out()).endsWith("accuracy 0.000 [0.000, 0.793] over 1 pairs\n");
        CommandLineRun ties = CommandLineRun.of("score", model, pairs);
        assertThat(ties.status()).isEqualTo(2);
        assertThat(ties.lastError())
                .isEqualTo("attune: " + pairs
                        + ": found only ties, expected pairs with a preferred completion; use other data");
    }

    @Test
    void wrongInputIsNamed() throws IOException {
        String pairs = file("good.jsonl", PAIR.formatted("Ada.", "No."));
        String broken = file("broken.jsonl", PAIR.formatted("Ada.", "No.") + "{\"prompt\": \n");
        String prompts = file("prompts.jsonl", "{\"prompt\": \"Who?\"}\n");
        String base = TestModels.base(folder).toString();
        assertWrong(CommandLineRun.of("score", model, folder + "/none.jsonl"), "none.jsonl: found no such file");
        assertWrong(CommandLineRun.of("score", model, broken), broken + ":2: found ");
        assertWrong(CommandLineRun.of("score", model, prompts), prompts + ": found only prompts");
        assertWrong(CommandLineRun.of("score", base, pairs), "name a reward model, not a language model");
        assertWrong(CommandLineRun.of("score", pairs, pairs), pairs + ": found a file, expected a model's directory");
        assertWrong(
                CommandLineRun.of("score", model, pairs, "--templat", "x"), "the nearest known one is '--template'");
    }

    private static void assertWrong(CommandLineRun run, String message) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.lastError()).startsWith("attune: ").contains(message);
    }

    @Test
    void scoresThatAreNoNumbersAreRefusedByLine(@TempDir Path other) throws IOException {
        String pairs = file("huge.jsonl", PAIR.formatted("Ada.", "Go away."));
        String completions = file("huge.csv", "prompt,completion\nWho bakes?,Ada.\n");
        String overflowing = TestModels.overflowing(other).toString();

        CommandLineRun ofPairs = CommandLineRun.of("score", overflowing, pairs, "--json");
        assertThat(ofPairs.status()).isEqualTo(2);
        assertThat(ofPairs.out()).isEmpty();
        assertThat(ofPairs.lastError())
                .contains(pairs + ", line 1, chosen: found the score ")
                .contains("expected a finite number");
        CommandLineRun ofCompletions = CommandLineRun.of("score", overflowing, completions);
        assertThat(ofCompletions.status()).isEqualTo(2);
        assertThat(ofCompletions.out()).isEmpty();
        assertThat(ofCompletions.lastError()).contains(completions + ", line 2: found the score ");
    }
}
