package dev.attune.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The lab in small: one proxy of 65,000 weights and six steps of PPO. */
class OveroptimisationLabTest {
    @TempDir
    Path folder;

    private CommandLineRun lab(String sizes) {
        return lab(sizes, "1");
    }

    private CommandLineRun lab(String sizes, String window) {
        return CommandLineRun.of(
                "lab",
                "over-optimisation",
                "--json",
                "--sizes",
                sizes,
                "--pairs",
                "16",
                "--pretrain-steps",
                "2",
                "--prompts",
                "7",
                "--samples",
                "12",
                "--steps",
                "6",
                "--rollouts",
                "4",
                "--window",
                window,
                "--out",
                folder.toString());
    }

    private static Map<String, JsonNode> figures(CommandLineRun run) {
        Map<String, JsonNode> figures = new LinkedHashMap<>();
        for (JsonNode figure : Json.tree(run.out()).get("figures")) {
            figures.put(figure.get("name").asString(), figure);
        }
        return figures;
    }

    @Test
    void bothMethodsAreFittedAndNothingIsTrainedTwice() throws Exception {
        Map<String, JsonNode> first = figures(lab("16x1"));
        assertThat(first.keySet())
                .containsExactly(
                        "16x1, 16 pairs: good above bad answers, %",
                        "best of n, 16x1, 16 pairs: R2",
                        "best of n: larger proxies peak later",
                        "best of n: proxies of more pairs peak later",
                        "PPO, 16x1, 16 pairs: R2",
                        "PPO: larger proxies peak later",
                        "PPO: proxies of more pairs peak later");
        JsonNode bestOfN = first.get("best of n, 16x1, 16 pairs: R2");
        assertThat(bestOfN.get("target").asString()).isEqualTo("at least 0.900");
        assertThat(bestOfN.get("note").asString())
                .as("up to the best of 12: the square root of log 12 - 11 / 12 is 1.25")
                .contains("; d 0.00 to 1.25, ");
        assertThat(first.get("PPO, 16x1, 16 pairs: R2").get("note").asString())
                .as("the policy starts at the reference")
                .contains("; d 0.00 to ");
        assertThat(Files.readString(folder.resolve("curves.html"))).contains("Gold, 16 pairs, fitted", "16x1");
        assertThat(Files.readAllLines(folder.resolve("pairs-16.jsonl"))).hasSize(16);

        FileTime trained = Files.getLastModifiedTime(folder.resolve("ppo-16x1-16/model/model.safetensors"));
        assertThat(figures(lab("16x1"))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(folder.resolve("ppo-16x1-16/model/model.safetensors")))
                .isEqualTo(trained);
    }

    @Test
    void aWindowHasAtMostAllSteps() {
        CommandLineRun run = lab("16x1", "7");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--window: found 7 of 6 steps, expected 1 to the number of steps");
    }

    @Test
    void aSizeIsAShapeOrTheBuiltInModel() {
        CommandLineRun run = lab("17x2");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--sizes: found '17x2'", "multiple of 16");
    }
}
