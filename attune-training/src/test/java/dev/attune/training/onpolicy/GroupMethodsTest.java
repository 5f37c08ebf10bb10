package dev.attune.training.onpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.core.error.BadInputException;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.run.MetricsLog;
import dev.attune.training.StopAfter;
import dev.attune.training.TinyDirectory;
import dev.attune.training.launch.Shouting;
import dev.attune.training.launch.Training;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods that compare the completions of a prompt, from recipe to model. */
class GroupMethodsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"grpo, grpo", "rloo, rloo", "reinforce++, reinforce", "best_of_n, best_of_n", "online_dpo, online_dpo"})
    void theRewardRisesAndResumeIsBitExact(String method, String section) throws IOException {
        String text = recipe(method, section + ": {num_generations: 8}");
        Path whole = folder.resolve("whole");
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), whole);
        List<Double> rewards = rewards(whole);
        assertThat(rewards.get(0)).isLessThan(0.16);
        assertThat(rewards.get(rewards.size() - 1)).isGreaterThan(0.32);

        Path broken = folder.resolve("broken");
        assertThatThrownBy(
                        () -> new Training(new StopAfter(11)).run(RecipeReader.parse("r.yaml", text, Map.of()), broken))
                .isInstanceOf(StopAfter.Stopped.class);
        new Training(RunListener.SILENT).resume(broken, null);
        assertThat(Files.mismatch(whole.resolve("model/model.safetensors"), broken.resolve("model/model.safetensors")))
                .isEqualTo(-1);
    }

    /** The answer is a column of the data, which the reward function sees and whose reason the rollout keeps. */
    @Test
    void aVerifierSeesTheAnswerAndSaysWhy() throws IOException {
        Path data = folder.resolve("sums.jsonl");
        Files.writeString(data, "{\"prompt\": \"1+1=\", \"answer\": \"2\"}\n{\"prompt\": \"2+2=\", \"answer\": 4}\n");
        String text = recipe("grpo", "grpo: {num_generations: 4}")
                .replaceFirst("data: \\{path: [^,]*", "data: {path: " + data)
                .replaceFirst("reward: .*", "reward: [{function: numeric_answer, settings: {column: answer}}]")
                .replace("steps: 20", "steps: 1")
                .replace("rollouts: 32", "rollouts: 8");
        Path out = folder.resolve("run");
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), out);
        List<Rollout> rollouts = RolloutFiles.read(out.resolve("rollouts/step-1.jsonl.gz"));
        assertThat(rollouts).hasSize(8).allSatisfy(rollout -> assertThat(rollout.reasons())
                .containsKey("numeric_answer"));

        Files.writeString(data, "{\"prompt\": \"1+1=\", \"answer\": \"two\"}\n");
        String fail = text.replace("on_fault: drop", "on_fault: fail");
        assertThatThrownBy(() -> new Training(RunListener.SILENT)
                        .run(RecipeReader.parse("r.yaml", fail, Map.of()), folder.resolve("bad")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("sums.jsonl:1")
                .hasMessageContaining("two");
    }

    /** Dynamic sampling ends after its budget although every group is equal, and says so. */
    @Test
    void dynamicSamplingEndsAfterItsBudget() throws IOException {
        String text = recipe("grpo", "grpo: {num_generations: 4, dynamic_sampling: 3}")
                .replaceFirst("reward: .*", "reward: [{function: regex, settings: {pattern: 'never, never'}}]")
                .replace("steps: 20", "steps: 1");
        Path out = folder.resolve("run");
        List<String> warnings = new java.util.ArrayList<>();
        new Training(new RunListener() {
                    @Override
                    public void warnings(int step, List<String> texts) {
                        warnings.addAll(texts);
                    }
                })
                .run(RecipeReader.parse("r.yaml", text, Map.of()), out);
        assertThat(warnings).anySatisfy(warning -> assertThat(warning)
                .contains("dynamic sampling: 0 groups with a signal in 3 rounds, 24 without"));
    }

    /** Otherwise the first update would stop the run: its ratio is not 1. */
    @Test
    void dropoutIsRefusedWherePassesAreCompared() throws IOException {
        String text = recipe("grpo", "grpo: {num_generations: 4}") + "lora: {rank: 2, dropout: 0.1}\n";
        assertThatThrownBy(() -> new Training(RunListener.SILENT)
                        .run(RecipeReader.parse("r.yaml", text, Map.of()), folder.resolve("run")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("lora.dropout: found 0.1, expected 0 with method grpo");
    }

    /** With all completions cut and masked nothing is learned, and figures per token are left out. */
    @Test
    void completionsThatAreAllMaskedTeachNothing() throws IOException {
        String text = recipe("grpo", "grpo: {num_generations: 4, mask_truncated_completions: true}")
                .replace("max_new_tokens: 4", "max_new_tokens: 1")
                .replace("steps: 20", "steps: 1");
        Path out = folder.resolve("run");
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", text, Map.of()), out);
        assertThat(Files.readString(out.resolve("metrics.jsonl")))
                .doesNotContain("NaN")
                .contains("\"loss\":0.0", "\"grad_norm\":0.0");
    }

    @Test
    void aBatchHoldsWholeGroups() throws IOException {
        String text = recipe("grpo", "grpo: {num_generations: 5}");
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", text, Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("a multiple of grpo.num_generations, which is 5");
        String alone = recipe("grpo", "grpo: {num_generations: 1}");
        assertThatThrownBy(() -> RecipeReader.parse("r.yaml", alone, Map.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("at least 2");
    }

    private String recipe(String method, String section) throws IOException {
        Path model = TinyDirectory.model(Files.createTempDirectory(folder, "model"));
        Path prompts = folder.resolve("prompts.jsonl");
        Files.writeString(prompts, "{\"prompt\": \"say a\"}\n{\"prompt\": \"say b\"}\n{\"prompt\": \"say c\"}\n");
        return "method: " + method + "\nmodel: " + model + "\ndata: {path: " + prompts
                + ", format: prompts, on_fault: drop, max_length: 32}\nreward: [{class: " + Shouting.class.getName()
                + "}]\ngeneration: {max_new_tokens: 4}\nbatch: {rollouts: 32, micro: 16}\n" + section
                + "\noptimizer: {learning_rate: 3e-2, schedule: constant}\nevaluate: {split: 0}\n"
                + "checkpoint: {every: 5}\nrollouts: {every: 1}\nsteps: 20\nseed: 3\n";
    }

    private static List<Double> rewards(Path run) {
        return MetricsLog.read(run.resolve("metrics.jsonl")).series("reward", "reward").points().stream()
                .map(point -> point.y())
                .toList();
    }
}
