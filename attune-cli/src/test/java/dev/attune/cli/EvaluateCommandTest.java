package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EvaluateCommandTest {
    @TempDir
    private static Path folder;

    private static String model;

    @BeforeAll
    static void makeModel() {
        model = TestModels.base(folder).toString();
    }

    @Test
    void aModelAgainstItselfTiesOnEveryPrompt() {
        CommandLineRun run =
                CommandLineRun.of("evaluate", model, "--suite", "all", "--prompts", "4", "--against", model, "--json");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode result = Json.tree(run.out());
        assertThat(result.get("win_rate").toString())
                .isEqualTo("{\"value\":0.5,\"low\":0.5,\"high\":0.5,\"wins\":0,\"ties\":12,\"losses\":0}");
        JsonNode rates = result.get("rates");
        assertThat(rates.get("compliance").get("cases").asInt()).isEqualTo(4);
        assertThat(rates.get("on_topic").get("cases").asInt()).isEqualTo(12);
        rates.properties()
                .forEach(rate -> assertThat(rate.getValue().get("value").asDouble())
                        .isBetween(
                                rate.getValue().get("low").asDouble(),
                                rate.getValue().get("high").asDouble()));
    }

    @Test
    void aSuiteAsksItsKindOfPromptAloneAndNamesItsFigures() {
        CommandLineRun run =
                CommandLineRun.of("evaluate", model, "--suite", "harmless", "--prompts", "5", "--seed", "3");
        assertThat(run.out().lines())
                .hasSize(7)
                .startsWith(model + ", suite harmless, seed 3")
                .anyMatch(line -> line.matches("helps with harm +\\d+\\.\\d % +\\d+\\.\\d to \\d+\\.\\d +5"));
        assertThat(run.out()).contains("95 % interval").doesNotContain("answers well");
        assertThat(run.err()).startsWith("sampling " + model);
    }

    @Test
    void wrongInputIsNamedBeforeAnythingIsSampled() {
        CommandLineRun suite = CommandLineRun.of("evaluate", model, "--suite", "polite");
        assertThat(suite.status()).isEqualTo(2);
        assertThat(suite.err())
                .isEqualTo("attune: polite: found no such file, expected a suite's YAML file, or helpful, honest,"
                        + " harmless or all for the built-in world; check the path\n");
        CommandLineRun against = CommandLineRun.of("evaluate", model, "--suite", "all", "--against", folder + "/none");
        assertThat(against.status()).isEqualTo(2);
        assertThat(against.err()).contains("/none: found no such directory").hasLineCount(1);
    }

    @Test
    void aSuiteFileIsMeasuredBesideABaselineAndContinues() throws IOException {
        Files.writeString(folder.resolve("asked.txt"), "Where is the library?\nWho baked the bread?\n");
        Files.writeString(folder.resolve("facts.csv"), "true,false\nthe sun is hot,the sun is cold\n");
        Path suite = Files.writeString(folder.resolve("suite.yaml"), """
                name: small
                measures:
                - {name: asked, kind: requests, expect: answer, data: asked.txt, max_tokens: 4}
                - {name: facts, kind: statements, data: facts.csv}
                """);
        Path out = folder.resolve("evaluated");
        String[] command = {
            "evaluate", model, "--suite", suite.toString(), "--out", out.toString(), "--against", model, "--json"
        };

        CommandLineRun run = CommandLineRun.of(command);

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode result = Json.tree(run.out());
        assertThat(result.get("differences").get(0).get("paired").get("mean").asDouble())
                .isZero();
        assertThat(Files.readAllLines(out.resolve("items.jsonl"))).hasSize(6);
        assertThat(Files.readAllLines(out.resolve("answers.jsonl"))).hasSize(2);
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Where is the library?", "the sun is cold", "<details>");
        assertThat(Json.readTree(out.resolve("evaluation.json"))).isEqualTo(result);
        assertThat(CommandLineRun.of(command).out()).isEqualTo(run.out());
        assertThat(CommandLineRun.of(Arrays.copyOf(command, command.length - 1)).out())
                .containsPattern("(?m)^ +complied +100.0 % \\[34.2, 100.0] +100.0 % \\[34.2, 100.0] +0.0 \\[0.0, 0.0]")
                .contains("asked: 1 of 2 answers are distinct texts");
        Files.writeString(suite, Files.readString(suite).replace("max_tokens: 4", "max_tokens: 5"));
        CommandLineRun changed = CommandLineRun.of(command);
        assertThat(changed.status()).isEqualTo(2);
        assertThat(changed.err()).contains("the output of another recipe");
    }

    @Test
    void optionsOfServersAreForSuiteFiles() {
        CommandLineRun run = CommandLineRun.of("evaluate", model, "--suite", "all", "--endpoint", "http://localhost:1");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--endpoint");
    }
}
