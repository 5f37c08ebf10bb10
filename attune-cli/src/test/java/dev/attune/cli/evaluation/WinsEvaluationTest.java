package dev.attune.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.cli.TestModels;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Win rates of the built-in model against a copy of itself, and against one that was taught something else. */
class WinsEvaluationTest {
    @TempDir
    private static Path folder;

    private static String model;
    private static String copy;
    private static String taught;
    private static Path suite;

    @BeforeAll
    static void makeModels() throws IOException {
        model = TestModels.base(folder).toString();
        copy = TestModels.base(folder.resolve("copy")).toString();
        taught = TestModels.taught(folder).toString();
        Path reward = TestModels.reward(folder.resolve("r"));
        Files.writeString(folder.resolve("asked.txt"), "Where is the library?\nWho baked the bread?\n");
        suite = Files.writeString(folder.resolve("suite.yaml"), """
                name: duels
                measures:
                - {name: judged, kind: wins, data: asked.txt, max_tokens: 4, judge: {model: %s}, question: Which is kinder?}
                - {name: scored, kind: wins, data: asked.txt, max_tokens: 4, judge: {reward: %s}}
                """.formatted(model, reward));
    }

    private static CommandLineRun run(String out, String... more) {
        return CommandLineRun.of(Stream.concat(
                        Stream.of("evaluate", model, "--suite", suite.toString(), "--out", folder.resolve(out) + ""),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private static List<JsonNode> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream().map(Json::tree).toList();
    }

    @Test
    void threeModelsAreComparedInAllPairsAndAStoppedEvaluationContinues() throws IOException {
        String[] against = {"--against", copy, "--against", taught, "--json"};
        CommandLineRun run = run("all", against);

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode result = Json.tree(run.out());
        assertThat(result).isEqualTo(Json.readTree(folder.resolve("all/evaluation.json")));
        assertThat(result.at("/baselines/0/against").asString()).isEqualTo(copy);
        assertThat(result.at("/baselines/1/differences/0/reading").asString()).isEqualTo("no_answer");
        assertThat(result.has("against")).isFalse();
        assertThat(result.get("wins")).hasSize(6);
        // Equal answers: a tie each, and nothing for the judge.
        assertThat(result.at("/wins/0/readings/0/estimate/value").asDouble()).isEqualTo(0.5);
        assertThat(result.at("/wins/0/tied").asInt()).isEqualTo(2);
        assertThat(result.at("/wins/0").has("order")).isFalse();
        assertThat(result.at("/wins/1/order/pairs").asInt()).isEqualTo(2);
        assertThat(result.at("/wins/4").has("order")).isFalse();
        assertThat(result.get("standings")).hasSize(2);
        assertThat(result.at("/standings/0/ratings/ratings")).hasSize(3);

        // 3 models, 2 measures, 2 prompts; 3 pairs of models, 2 measures, 2 prompts.
        List<JsonNode> items = lines("all/items.jsonl");
        assertThat(items).hasSize(24);
        JsonNode compared = items.get(14);
        assertThat(compared.get("against").asString()).isEqualTo(taught);
        double given = compared.at("/comparison/opinions/0/verdict/value").asDouble();
        double turned = compared.at("/comparison/opinions/1/verdict/value").asDouble();
        assertThat(compared.at("/comparison/share").asDouble()).isEqualTo((given + 1 - turned) / 2);
        assertThat(Files.readString(folder.resolve("all/report.html")))
                .contains(
                        "Bradley-Terry strengths",
                        "A, B: ",
                        "score of B: ",
                        "<details><summary>" + model + " against ");

        List<String> judgements = Files.readAllLines(folder.resolve("all/judgements.jsonl"));
        assertThat(judgements).hasSize(8).first().asString().contains("Which is kinder?");
        Files.write(folder.resolve("all/judgements.jsonl"), judgements.subList(0, 3));
        assertThat(run("all", against).out()).isEqualTo(run.out());
        assertThat(Files.readAllLines(folder.resolve("all/judgements.jsonl"))).isEqualTo(judgements);
    }

    @Test
    void aServedJudgeThatAlwaysSaysFirstDecidesNothingAndIsPaidOnce() throws IOException {
        try (FirstAlwaysServer judge = new FirstAlwaysServer()) {
            Path served = Files.writeString(folder.resolve("served.yaml"), """
                    name: served
                    measures:
                    - {name: judged, kind: wins, data: asked.txt, max_tokens: 4, judge: {endpoint: "%s", model: j, verdict: replies}}
                    """.formatted(judge.address()));
            String[] command = {
                "evaluate",
                model,
                "--suite",
                served.toString(),
                "--against",
                taught,
                "--out",
                folder + "/served",
                "--json"
            };

            CommandLineRun run = CommandLineRun.of(command);

            assertThat(run.status()).as(run.err()).isZero();
            JsonNode wins = Json.tree(run.out()).at("/wins/0");
            assertThat(wins.at("/readings/0/estimate/value").asDouble()).isEqualTo(0.5);
            assertThat(wins.get("tied").asInt()).isEqualTo(2);
            assertThat(wins.at("/order/inconsistent").asInt()).isEqualTo(2);
            assertThat(wins.at("/order/first_shown").asDouble()).isEqualTo(1);
            assertThat(judge.calls()).isEqualTo(4);
            Files.delete(folder.resolve("served/judgements.jsonl"));
            assertThat(CommandLineRun.of(command).out()).isEqualTo(run.out());
            assertThat(judge.calls()).as("the replies are kept too").isEqualTo(4);
        }
    }

    @Test
    void oneBaselineKeepsTheFormOfOneBaseline() {
        CommandLineRun run = run("one", "--against", taught);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^win rates, judged\\nmodel +against +win rate +at equal length +won")
                .containsPattern("(?m)^win rates, scored\\n.*\\n\\S+base +\\S+ +(0|50|100).0 % \\[")
                .contains("no length-controlled win rate: ")
                .containsPattern(
                        "(?m)^both orders, judged\\nmodel +against +pairs +consistent +half +inconsistent +first shown")
                .contains("the judge is one of the two models")
                .doesNotContain("Bradley-Terry", "both orders, scored");
        JsonNode result = Json.readTree(folder.resolve("one/evaluation.json"));
        assertThat(result.get("against").asString()).isEqualTo(taught);
        assertThat(result.get("baseline")).hasSize(2);
        assertThat(result.get("differences").get(0).get("measure").asString()).isEqualTo("judged");
        assertThat(result.get("wins")).hasSize(2);
    }

    @Test
    void inputErrorsNameThePlace() {
        CommandLineRun alone = run("none");
        assertThat(alone.status()).isEqualTo(2);
        assertThat(alone.lastError())
                .contains("suite.yaml:3: found the measure 'judged' of kind wins, and no model to compare with");
        assertThat(folder.resolve("none")).doesNotExist();
        CommandLineRun twice = run("none", "--against", taught, "--against", taught);
        assertThat(twice.status()).isEqualTo(2);
        assertThat(twice.lastError()).contains("--against: found '" + taught + "' twice");
        CommandLineRun world =
                CommandLineRun.of("evaluate", model, "--suite", "all", "--against", taught, "--against", copy);
        assertThat(world.status()).isEqualTo(2);
        assertThat(world.lastError()).contains("one with a suite of the built-in world");
    }
}
