package dev.attune.training.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import dev.attune.training.StopAfter;
import dev.attune.training.TinyDirectory;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** PPO of an adapter whose reference, reward model and critic compute with the same base in memory. */
class SharedBaseTest {
    @TempDir
    private Path folder;

    private Path reward;
    private String start;

    @BeforeEach
    void trainAReward() throws IOException {
        Path model = TinyDirectory.model(folder);
        reward = folder.resolve("reward");
        train(
                "method: reward\nmodel: " + model + "\ndata: {path: " + TinyDirectory.pairs(folder)
                        + ", max_length: 32}\nlora: {rank: 2}\noptimizer: {learning_rate: 1e-2}\nsteps: 4\n",
                reward);
        Path prompts = TinyDirectory.prompts(folder);
        start = "method: ppo\nmodel: " + model + "\nlora: {rank: 2}\ndata: {path: " + prompts
                + ", format: prompts}\ngeneration: {max_new_tokens: 4}\nbatch: {rollouts: 8, micro: 4}\nsteps: 4\n"
                + "optimizer: {learning_rate: 1e-2}\ncheckpoint: {every: 2}\nevaluate: {every: 0}\n";
    }

    private static Path train(String recipe, Path out) throws IOException {
        new Training(RunListener.SILENT).run(RecipeReader.parse("r.yaml", recipe, Map.of()), out);
        return out;
    }

    private Path ppo(String name, String reward, String critic) throws IOException {
        return train(
                start + "reward: [{model: " + reward + "}]\ncritic: {init: " + critic + "}\n", folder.resolve(name));
    }

    private static List<JsonNode> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(Json::tree)
                .toList();
    }

    private static double number(JsonNode step, String name) {
        return step.get(name).doubleValue();
    }

    /** The adapter on the shared base scores and values as the merged model, which is a network of its own. */
    @Test
    void anAdapterOnTheBaseScoresAsTheMergedModel() throws IOException {
        JsonNode shared = metrics(ppo("shared", reward.resolve("adapter").toString(), "reward"))
                .get(0);
        JsonNode merged = metrics(ppo("merged", reward.resolve("model").toString(), "reward"))
                .get(0);

        assertThat(number(shared, "objective/scores")).isCloseTo(number(merged, "objective/scores"), within(1e-5));
        assertThat(number(shared, "objective/scores")).isNotZero();
        assertThat(number(shared, "val/mean")).isCloseTo(number(merged, "val/mean"), within(1e-5));
        assertThat(checkpointBytes("shared")).isLessThan(checkpointBytes("merged") / 2);
    }

    /** Of the weights and moments of policy and critic: two adapters, or an adapter and a whole network. */
    private long checkpointBytes(String name) throws IOException {
        return Files.size(folder.resolve(name).resolve("checkpoints/step-4/state.safetensors"));
    }

    @Test
    void aNewCriticStartsWithValuesOfZeroAndLearns() throws IOException {
        List<JsonNode> steps = metrics(ppo("fresh", reward.resolve("adapter").toString(), "policy"));

        assertThat(number(steps.get(0), "val/mean")).isZero();
        assertThat(number(steps.get(3), "val/mean")).isNotZero();
    }

    @Test
    void resumesExactly() throws IOException {
        String recipe = start + "reward: [{model: " + reward.resolve("adapter") + "}]\ncritic: {init: reward}\n";
        Path whole = train(recipe, folder.resolve("whole"));
        Path broken = folder.resolve("broken");
        assertThatThrownBy(() ->
                        new Training(new StopAfter(3)).run(RecipeReader.parse("r.yaml", recipe, Map.of()), broken))
                .isInstanceOf(StopAfter.Stopped.class);
        new Training(RunListener.SILENT).resume(broken, null);

        for (String file : List.of("adapter/adapter_model.safetensors", "checkpoints/step-4/state.safetensors")) {
            assertThat(broken.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }
}
