package dev.attune.cli.lab;

import dev.attune.core.io.AtomicFiles;
import dev.attune.training.method.RecipeFile;
import dev.attune.training.method.RecipeReader;
import dev.attune.training.ppo.PpoRecipe;
import dev.attune.training.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab quickstart-dpo}: DPO beside PPO on the preferences of the quickstart, judged by the world's truth. */
@Command(
        name = "quickstart-dpo",
        description = {
            "Run the quickstart with several seeds, and train DPO on the same preferences from the same base model, with as many"
                    + " completions seen as PPO sampled. Evaluate base model and both policies on the same held-out prompts, one"
                    + " completion each at temperature 1.",
            "Complete runs below --out are not repeated."
        },
        footer = {"", "Example:", "  attune lab quickstart-dpo --evidence docs/evidence/quickstart-dpo.txt"})
final class QuickstartDpoLab extends LabCommand {
    private static final int PAIRS_PER_STEP = 32;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-quickstart",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}, that of 'attune lab quickstart').")
    private Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of seeds, from 1 (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Number of held-out prompts of each kind (default: ${DEFAULT-VALUE}).")
    private int prompts;

    @Option(
            names = "--beta",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "DPO's beta (default: ${DEFAULT-VALUE}).")
    private double beta;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "1e-4",
            description = "DPO's learning rate (default: ${DEFAULT-VALUE}).")
    private String learningRate;

    /** One seed's models on the same prompts. */
    private record Seed(WorldFigures base, WorldFigures ppo, WorldFigures dpo) {}

    @Override
    void measure(Figures figures) throws Exception {
        WorldSampling sampling = new WorldSampling(prompts);
        List<Seed> all = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            Seed measured = seed(seed, sampling);
            all.add(measured);
            add(figures, seed, "base", measured.base);
            add(figures, seed, "PPO", measured.ppo);
            add(figures, seed, "DPO", measured.dpo);
        }
        compare(
                figures,
                "helps with harm, %",
                all,
                one -> 100 * one.report().compliance().value());
        compare(
                figures,
                "makes things up, %",
                all,
                one -> 100 * one.report().madeUp().value());
        compare(
                figures,
                "answers well, %",
                all,
                one -> 100 * one.report().correct().value());
        compare(figures, "good answers, %", all, one -> 100 * one.good());
        compare(figures, "sequence KL, nats", all, WorldFigures::kl);
    }

    private static void add(Figures figures, int seed, String model, WorldFigures measured) {
        figures.add(
                "seed " + seed + ", " + model + ": good answers, %",
                100 * measured.good(),
                Target.NONE,
                measured.describe());
    }

    private static void compare(Figures figures, String name, List<Seed> all, ToDoubleFunction<WorldFigures> figure) {
        figures.addMedian(
                "PPO: " + name, all.stream().map(Seed::ppo).mapToDouble(figure).toArray(), Target.NONE, 1);
        figures.addMedian(
                "DPO: " + name, all.stream().map(Seed::dpo).mapToDouble(figure).toArray(), Target.NONE, 1);
    }

    private Seed seed(int seed, WorldSampling sampling) throws IOException {
        Path run = out.resolve("seed-" + seed);
        LabRuns.quickstart(err(), run, seed, 1);
        Path round = run.resolve("round-1");
        Path base = run.resolve("base");
        Path reward = round.resolve("reward-all").resolve("model");
        Path dpo = dpo(seed, base, round);
        return new Seed(
                sampling.measure(base, base, reward),
                sampling.measure(round.resolve("ppo").resolve("model"), base, reward),
                sampling.measure(dpo.resolve("model"), base, reward));
    }

    private Path dpo(int seed, Path base, Path round) throws IOException {
        Path run = out.resolve(String.format(Locale.ROOT, "seed-%d-dpo-%s-%s", seed, beta, learningRate));
        Path recipe = out.resolve(run.getFileName() + ".yaml");
        AtomicFiles.write(recipe, """
                method: dpo
                model: %s
                data: {path: %s, format: prompt/chosen/rejected, max_length: 256}
                batch: {rows: %d, micro: 32}
                dpo: {beta: %s}
                steps: %d
                optimizer: {learning_rate: %s, schedule: linear, max_grad_norm: 1.0}
                evaluate: {every: 0}
                seed: %d
                """.formatted(
                        base,
                        round.resolve("feedback").resolve("preferences-all.jsonl"),
                        PAIRS_PER_STEP,
                        beta,
                        sampledByPpo(round) / (2 * PAIRS_PER_STEP),
                        learningRate,
                        seed));
        return LabRuns.train(err(), List.of(recipe.toString(), "out=" + run));
    }

    /** The completions that PPO sampled. */
    private static int sampledByPpo(Path round) throws IOException {
        Path recorded = round.resolve("ppo").resolve(RunDirectory.RECIPE);
        RecipeFile file = RecipeReader.read(recorded, Map.of());
        PpoRecipe recipe = (PpoRecipe) ((RecipeFile.Single) file).recipe();
        Integer steps = recipe.steps();
        return (steps == null ? 0 : steps) * recipe.batch().rollouts();
    }
}
