package dev.attune.training.trl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.method.RunContext;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.run.RunListener;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** GRPO and RLOO, by recipes with stored completions, take the same updates as TRL's trainers. */
@Tag("shared")
class OnPolicyParityTest {
    private static final int UPDATES = 8;

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> grpo() {
        return replays("grpo");
    }

    @TestFactory
    List<DynamicTest> rloo() {
        return replays("rloo");
    }

    private List<DynamicTest> replays(String method) {
        List<Trajectory> all =
                Trajectory.names(method).stream().map(Trajectory::read).toList();
        assertThat(all).hasSizeGreaterThan(3);
        return all.stream()
                .map(trajectory -> DynamicTest.dynamicTest(trajectory.name(), () -> replay(trajectory)))
                .toList();
    }

    private void replay(Trajectory trajectory) throws IOException {
        int passes = trajectory.settings().integer("num_iterations");
        int batches = trajectory.steps().get(0).micro().size();
        int slices = trajectory.settings().integer("steps_per_generation") / batches;
        int updates = passes * slices;
        RecipeFile.Single recipe =
                (RecipeFile.Single) RecipeReader.parse(trajectory.name(), recipe(trajectory, slices), Map.of());
        assertThat(trajectory.steps()).hasSize(UPDATES);
        try (RunContext context = new RunContext(recipe.recipe().run(), new RunListener() {}, folder)) {
            Trainer trainer = recipe.configured().open(context).trainer();
            for (int step = 1; step <= UPDATES / updates; step++) {
                StepReport report = trainer.step(step);
                for (int update = 1; update <= updates; update++) {
                    String suffix = updates == 1 ? "" : "/" + update;
                    trajectory.requireAgreement(
                            (step - 1) * updates + update,
                            report.metric("loss" + suffix),
                            report.metric("grad_norm" + suffix));
                }
            }
        }
    }

    private String recipe(Trajectory trajectory, int slices) throws IOException {
        Fields settings = trajectory.settings();
        OptimizerSettings optimizer = trajectory.optimizer();
        int ofStep = trajectory.steps().get(0).places().size();
        Path completions = folder.resolve(trajectory.name() + ".jsonl");
        Files.write(
                completions,
                trajectory.rows().stream().map(OnPolicyParityTest::line).toList());
        String method = trajectory.method();
        return """
                method: %s
                model: %s
                template: plain
                completions: {path: %s, weights: %s}
                generation: {max_new_tokens: %d, temperature: %s}
                batch: {rollouts: %d, micro: 4}
                %s: {minibatches: %d, %s}
                optimizer: {learning_rate: %s, beta1: %s, beta2: %s, epsilon: %s, weight_decay: %s, schedule: constant, max_grad_norm: %s}
                steps: 8
                %s
                """.formatted(
                method,
                Trajectory.checkpoint(),
                completions,
                weights(settings),
                settings.integer("max_completion_length"),
                settings.number("temperature"),
                ofStep * slices,
                method,
                slices,
                method.equals("grpo")
                        ? grpo(settings, trajectory.steps().get(0).micro().size())
                        : rloo(settings),
                optimizer.learningRate(),
                optimizer.beta1(),
                optimizer.beta2(),
                optimizer.epsilon(),
                optimizer.weightDecay(),
                optimizer.maxGradNorm(),
                trajectory.adapter() == null ? "" : "lora: {start: " + trajectory.adapter() + "}");
    }

    private static String weights(Fields settings) {
        if (!settings.has("reward_weights")) {
            return "{}";
        }
        List<Double> weights = settings.numbers("reward_weights");
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            parts.add("reward" + i + ": " + weights.get(i));
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String grpo(Fields settings, int batches) {
        return settings(
                        settings,
                        "num_generations",
                        "num_iterations",
                        "loss_type",
                        "beta",
                        "epsilon",
                        "epsilon_high",
                        "delta",
                        "importance_sampling_level",
                        "scale_rewards",
                        "multi_objective_aggregation",
                        "mask_truncated_completions",
                        "use_bias_correction_kl",
                        "sapo_temperature_pos",
                        "sapo_temperature_neg")
                + ", entropy_coefficient: " + settings.number("entropy_coef")
                + ", accumulation: " + batches;
    }

    private static String rloo(Fields settings) {
        return settings(
                settings,
                "num_generations",
                "num_iterations",
                "beta",
                "epsilon",
                "epsilon_high",
                "normalize_advantages",
                "mask_truncated_completions",
                "reward_clip_range");
    }

    private static String settings(Fields settings, String... keys) {
        return java.util.Arrays.stream(keys)
                .filter(settings::has)
                .map(key -> key + ": " + settings.json().get(key).toString())
                .collect(Collectors.joining(", "));
    }

    private static String line(Fields row) {
        List<Double> rewards = row.numbers("rewards");
        String byName = java.util.stream.IntStream.range(0, rewards.size())
                .mapToObj(i -> "\"reward" + i + "\": " + rewards.get(i))
                .collect(Collectors.joining(", "));
        return "{\"prompt_ids\": " + row.json().get("prompt") + ", \"completion_ids\": "
                + row.json().get("completion") + ", \"group\": " + row.integer("group") + ", \"rewards\": {" + byName
                + "}}";
    }
}
