package dev.attune.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.cli.CommandLineRun;
import dev.attune.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The lab in small: a critic that read a few talks, which is no critic, and a step of PPO. */
@Tag("one-jvm")
class ConstitutionalLabTest {
    @TempDir
    Path folder;

    @Test
    void everyStageRuns() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "lab",
                "constitutional",
                "--json",
                "--seeds",
                "1",
                "--prompts",
                "5",
                "--talks",
                "300",
                "--skill",
                "0",
                "--skill-prompts",
                "20",
                "--requests",
                "12",
                "--steps",
                "1",
                "--rollouts",
                "8",
                "--out",
                folder.toString());
        List<String> names = new ArrayList<>();
        for (JsonNode figure : Json.tree(run.out()).get("figures")) {
            names.add(figure.get("name").asString());
        }
        assertThat(names)
                .as(run.err())
                .contains(
                        "critic: accuracy",
                        "judge: distance from 0.5 on pairs of equal truth",
                        "seed 1, base: helps with harm, %",
                        "seed 1, PPO, reversed principles: helps with harm, %",
                        "PPO, AI feedback: helps with harm, %",
                        "AI minus human feedback: correct, points");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("Drafts", "SFT on first answers");
        List<String> labels = Files.readAllLines(folder.resolve("seed-1/annotated/preferences.jsonl"));
        assertThat(labels)
                .as("six pairs of four answers to each of 12 requests")
                .hasSize(72);
        assertThat(labels.get(0)).contains("\"constitution\":\"valley version 1 ");
    }
}
