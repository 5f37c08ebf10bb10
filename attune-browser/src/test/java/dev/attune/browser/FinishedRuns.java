package dev.attune.browser;

import dev.attune.core.json.Json;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.RolloutFiles;
import dev.attune.core.text.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Run directories as training leaves them, made by hand. */
final class FinishedRuns {
    private static final int STEPS = 20;

    private FinishedRuns() {}

    /** Two runs, {@code gentle} and {@code greedy}. */
    static void in(Path root) {
        try {
            run(root.resolve("gentle"), 0.05, new Random(1));
            run(root.resolve("greedy"), 0, new Random(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path run, double coefficient, Random random) throws IOException {
        Files.createDirectories(run.resolve("rollouts"));
        Files.createDirectories(run.resolve("model"));
        Files.writeString(run.resolve("model/config.json"), "{}");
        Files.writeString(
                run.resolve("recipe.yaml"),
                "method: ppo\nmodel: runs/base/model\nkl: {coefficient: " + coefficient + "}\nsteps: 20\nseed: 1\n");
        StringBuilder metrics = new StringBuilder();
        StringBuilder samples = new StringBuilder();
        for (int step = 1; step <= STEPS; step++) {
            double kl = step * (coefficient > 0 ? 0.2 : 1.5);
            metrics.append(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"objective/scores\":%.3f,\"objective/kl\":%.3f,\"objective/entropy\":%.3f}%n",
                    step,
                    0.1 * step + 0.1 * random.nextGaussian(),
                    kl,
                    3 - 0.1 * step));
            samples.append(Json.line(Map.of(
                            "step",
                            step,
                            "prompt",
                            "Where does the baker live?",
                            "completion",
                            step < STEPS ? "No." : "In the village, beside the mill.",
                            "score",
                            0.1 * step)))
                    .append('\n');
        }
        Files.writeString(run.resolve("metrics.jsonl"), metrics);
        Files.writeString(run.resolve("samples.jsonl"), samples);
        for (int step = 5; step <= STEPS; step += 5) {
            RolloutFiles.write(run.resolve("rollouts/step-" + step + ".jsonl.gz"), rollouts(random));
        }
    }

    private static List<Rollout> rollouts(Random random) {
        List<Rollout> rollouts = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            int length = 4 + random.nextInt(12);
            int[] tokens = random.ints(length, 1, 30).toArray();
            int[] mask = new int[length];
            java.util.Arrays.fill(mask, 1);
            rollouts.add(new Rollout(
                    Prompt.text("Where does baker " + i + " live?"),
                    "In the village " + "again ".repeat(length / 4),
                    new int[] {1, 2},
                    tokens,
                    mask,
                    numbers(length, random),
                    numbers(length, random),
                    numbers(length, random),
                    numbers(length, random),
                    numbers(length, random),
                    numbers(length, random),
                    numbers(length, random),
                    random.nextGaussian(),
                    Map.of(),
                    Map.of(),
                    i % 3 == 0 ? "length" : "end_token",
                    List.of(),
                    null));
        }
        return rollouts;
    }

    private static float[] numbers(int length, Random random) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
