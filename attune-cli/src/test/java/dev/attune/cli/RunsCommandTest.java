package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.run.MetricsLog;
import dev.attune.core.run.RunFolder;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunsCommandTest {
    @TempDir
    private Path folder;

    private Path first;
    private Path second;

    @BeforeEach
    void twoRuns() throws IOException {
        first = run("first", "0.05", 1.5);
        second = run("second", "0.0", 2.5);
        Files.createDirectories(first.resolve("model"));
        Files.writeString(first.resolve("model/config.json"), "{}");
    }

    private Path run(String name, String kl, double score) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("recipe.yaml"), "method: ppo\nkl: {coefficient: " + kl + "}\nseed: 1\n");
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"step\":1,\"score\":0.5}\n{\"step\":2,\"score\":" + score + ",\"kl\":3}\n{\"step\":3,\"sc");
        return run;
    }

    @Test
    void metricsPassOverAnUnfinishedLine() {
        MetricsLog log = MetricsLog.read(first.resolve("metrics.jsonl"));
        assertThat(log.lastStep()).isEqualTo(2);
        assertThat(log.last("score")).hasValue(1.5);
        assertThat(log.first("score")).hasValue(0.5);
        assertThat(log.names()).containsExactly("score", "kl");
    }

    @Test
    void listNamesRunsWithTheirState() {
        CommandLineRun run = CommandLineRun.of("runs", "list", folder.toString(), "--json");
        assertThat(run.status()).isZero();
        assertThat(Json.tree(run.out()).get(0).get("state").asString()).isEqualTo("complete");
        assertThat(Json.tree(run.out()).get(1).get("state").asString()).isEqualTo("unfinished");
        assertThat(Json.tree(run.out()).get(0).get("method").asString()).isEqualTo("ppo");
    }

    @Test
    void compareShowsWhatDiffers() {
        CommandLineRun run = CommandLineRun.of("runs", "compare", first.toString(), second.toString(), "--json");
        assertThat(Json.tree(run.out()).get("differences").toString())
                .isEqualTo("{\"kl.coefficient\":[\"0.05\",\"0.0\"]}");
        assertThat(Json.tree(run.out()).get("figures").get("score").toString()).isEqualTo("[1.5,2.5]");
    }

    /** Earlier versions named the metric of a reward model after its path. */
    @Test
    void compareFindsTheSameRewardUnderOtherPaths() throws IOException {
        Files.writeString(
                first.resolve("metrics.jsonl"), "{\"step\":1,\"scores/runs/a/judge/model\":1,\"scores/truth\":0.5}\n");
        Files.writeString(second.resolve("metrics.jsonl"), "{\"step\":1,\"scores/judge\":2,\"scores/truth\":0.25}\n");
        CommandLineRun run = CommandLineRun.of("runs", "compare", first.toString(), second.toString(), "--json");
        assertThat(Json.tree(run.out()).get("figures").toString())
                .isEqualTo("{\"scores/judge\":[1.0,2.0],\"scores/truth\":[0.5,0.25]}");
    }

    /** Two of three stages are complete. */
    @Test
    void aRunWithStagesIsCompleteIfAllItsStagesAre() throws IOException {
        Path staged = Files.createDirectories(folder.resolve("staged"));
        Files.writeString(staged.resolve("recipe.yaml"), "stages:\n- {name: one, method: sft}\n- {name: two}\n");
        stage(staged.resolve("one"), 7);
        JsonNode listed = staged();
        assertThat(listed.get("method").asString()).isEqualTo("stages");
        assertThat(listed.get("state").asString()).isEqualTo("unfinished");
        assertThat(listed.get("stages").toString())
                .isEqualTo("[{\"name\":\"one\",\"state\":\"complete\",\"step\":7},"
                        + "{\"name\":\"two\",\"state\":\"not started\",\"step\":0}]");
        stage(staged.resolve("two"), 3);
        assertThat(staged().get("state").asString()).isEqualTo("complete");
        assertThat(RunFolder.open(staged).model()).isEqualTo(staged.resolve("two/model"));
        assertThat(CommandLineRun.of("runs", "list", folder.toString()).out())
                .containsPattern("staged +stages +complete +2 of 2 stages\n")
                .containsPattern("staged/one +sft +complete +step 7\n");
        assertThat(CommandLineRun.of("runs", "show", staged.toString()).out())
                .contains("stages, complete, 2 of 2 stages")
                .containsPattern("two +complete +step 3");
    }

    private static void stage(Path run, int steps) throws IOException {
        Files.createDirectories(run.resolve("model"));
        Files.writeString(run.resolve("model/config.json"), "{}");
        Files.writeString(run.resolve("recipe.yaml"), "method: sft\n");
        Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":" + steps + "}\n");
    }

    private JsonNode staged() {
        for (JsonNode run : Json.tree(
                CommandLineRun.of("runs", "list", folder.toString(), "--json").out())) {
            if (run.get("run").asString().endsWith("/staged")) {
                return run;
            }
        }
        throw new AssertionError("the run with stages is not listed");
    }

    @Test
    void showNamesADirectoryThatIsNoRun() {
        CommandLineRun run = CommandLineRun.of("runs", "show", folder.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("recipe.yaml").hasLineCount(1);
    }

    @Test
    void aRolloutIsShownStepByStep() throws IOException {
        Rollout rollout = new Rollout(
                Prompt.text("Where?"),
                "Here.",
                new int[] {5},
                new int[] {7, 9},
                new int[] {1, 1},
                new float[] {-0.5f, -0.25f},
                new float[] {-0.75f, -0.25f},
                new float[] {1, 2},
                new float[] {0.25f, 0},
                new float[] {-0.0125f, 3},
                new float[] {1.5f, 1},
                new float[] {2.5f, 3},
                3,
                Map.of("reward model", 3.0),
                Map.of(),
                "end_token",
                List.of(),
                null);
        Files.createDirectories(first.resolve("rollouts"));
        RolloutFiles.write(first.resolve("rollouts/step-20.jsonl.gz"), List.of(rollout));

        CommandLineRun run = CommandLineRun.of("rollouts", "show", first.toString(), "0");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("score 3, sequence KL 0.250 nats, ended by end_token")
                .contains("0  7        -0.5000    -0.7500  0.2500  1.0000  -0.0125     1.5000  2.5000");
        assertThat(CommandLineRun.of("rollouts", "show", first.toString(), "1").status())
                .isEqualTo(2);
        assertThat(CommandLineRun.of("rollouts", "show", first.toString(), "0", "--step", "3")
                        .err())
                .contains("[20]");
    }

    @Test
    void listFollowsALinkAndNamesAFolderThatIsNotThere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectories(folder.resolve("target")));
        Files.move(first, folder.resolve("target/first"));
        assertThat(RunFolder.under(link)).extracting(RunFolder::path).containsExactly(link.resolve("first"));

        CommandLineRun none = CommandLineRun.of("runs", "list", folder + "/none");
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err())
                .isEqualTo("attune: " + folder + "/none: found no such directory, expected a directory of runs;"
                        + " check the path\n");
        CommandLineRun file = CommandLineRun.of(
                "runs", "show", folder.resolve("second/recipe.yaml").toString());
        assertThat(file.err()).contains("recipe.yaml: found a file, expected a run directory");
    }

    @Test
    void monitorSaysWhatARunShowsOfRewardHacking() throws IOException {
        Files.writeString(
                first.resolve("recipe.yaml"), "method: ppo\nreward:\n- {class: Gold, weight: 0.0}\nsteps: 30\n");
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 30; step++) {
            metrics.append("{\"step\":" + step + ",\"objective/scores\":" + step + ",\"objective/kl_k1\":" + step
                    + ",\"scores/Gold\":" + (Math.min(0, 15 - step) + step % 2) + "}\n");
        }
        Files.writeString(first.resolve("metrics.jsonl"), metrics);
        CommandLineRun run = CommandLineRun.of("runs", "monitor", first.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("stop\n").contains("Gold (not optimised)", "false alarms");
        var json = Json.tree(
                CommandLineRun.of("runs", "monitor", first.toString(), "--json").out());
        assertThat(json.get("verdict").asString()).isEqualTo("stop");
        assertThat(json.get("scores").get(0).get("stop").asInt()).isBetween(17, 25);
        assertThat(json.get("scores").get(0).get("rule").get("evaluations").asInt())
                .isEqualTo(30);
        assertThat(CommandLineRun.of("runs", "monitor", second.toString()).status())
                .as("no PPO run")
                .isEqualTo(2);
    }
}
