package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.nio.file.Path;
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
                .isEqualTo("attune: --suite: found 'polite', expected helpful, honest, harmless or all;"
                        + " name one of these\n");
        CommandLineRun against = CommandLineRun.of("evaluate", model, "--suite", "all", "--against", folder + "/none");
        assertThat(against.status()).isEqualTo(2);
        assertThat(against.err()).contains("/none: found no such directory").hasLineCount(1);
    }
}
