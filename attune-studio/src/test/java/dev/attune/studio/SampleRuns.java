package dev.attune.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run directories in every state, also damaged ones. */
final class SampleRuns {
    private static final String PPO = "method: ppo\nreward:\n- {class: A}\nsteps: 2\n";
    private static final String SCORES =
            "{\"step\":1,\"objective/scores\":0.5,\"objective/kl_k1\":0,\"scores/A\":0.5}\n";

    private SampleRuns() {}

    static void in(Path root) throws IOException {
        run(root, "recipe-alone", PPO, "");
        run(root, "one-step", PPO, SCORES);
        run(root, "no-score", "method: sft\n", "{\"step\":1,\"loss\":0.5}\n");
        run(root, "cut-line", PPO, SCORES + "{\"step\":2,\"objec");
        run(root, "empty-recipe", "", SCORES);
        run(root, "broken-recipe", "method: [\n", SCORES);
        complete(run(root, "complete", PPO, SCORES), "{\"architectures\": [\"LlamaForCausalLM\"]}");
        complete(run(root, "broken-config", PPO, SCORES), "{");
        Files.writeString(root.resolve("complete/samples.jsonl"), "{\"step\":1,\"prompt\":\"p\",\"comp");
        Files.writeString(root.resolve("broken-config/provenance.json"), "{");
        run(root, "staged", "stages:\n- {name: one}\n- {name: two}\n- {name: three}\n", "");
        complete(run(root, "staged/one", "method: sft\n", "{\"step\":7}\n"), "{}");
        run(root, "staged/two", PPO, SCORES);
        Files.createDirectories(root.resolve("one-step/rollouts"));
    }

    private static Path run(Path root, String name, String recipe, String metrics) throws IOException {
        Path run = Files.createDirectories(root.resolve(name));
        Files.writeString(run.resolve("recipe.yaml"), recipe);
        if (!metrics.isEmpty()) {
            Files.writeString(run.resolve("metrics.jsonl"), metrics);
        }
        return run;
    }

    private static void complete(Path run, String config) throws IOException {
        Files.createDirectories(run.resolve("model"));
        Files.writeString(run.resolve("model/config.json"), config);
    }
}
