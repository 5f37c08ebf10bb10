package dev.attune.cli.lab;

import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Summary;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generated;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune lab stories}: happier stories at bounded KL, on held-out names and beginnings. */
@Command(
        name = "stories",
        description = {
            "Train the recipe stories (SFT, reward model, PPO) on pairs without two names and two beginnings, then sample from"
                    + " the base model and the policy on prompts with one of each. Repeat with other names and beginnings held out.",
            "The score is the number of happy words minus that of sad words, a rule in place of readers. Training uses it only"
                    + " through the stored pairs."
        },
        footer = {"", "Example:", "  attune lab stories --evidence docs/evidence/stories.txt"})
final class StoriesLab extends LabCommand {
    @Mixin
    private StoryOptions stories;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-stories",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "4",
            description = "Number of runs, each with other held-out names and beginnings and another seed (default:"
                    + " ${DEFAULT-VALUE}).")
    private int folds;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "64",
            description = "Samples per held-out prompt (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "11",
            description = "Seed of the first run (default: ${DEFAULT-VALUE}).")
    private long seed;

    @picocli.CommandLine.Parameters(
            arity = "0..*",
            paramLabel = "STAGE.key=value",
            description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    @Override
    void measure(Figures figures) throws IOException {
        StoryTask task = stories.task();
        Outcome outcome = new Outcome();
        for (int index = 0; index < folds; index++) {
            StoryFold fold = task.fold(index);
            compare(task, train(task, fold, index), task.unseen(fold), index, outcome);
        }
        outcome.report(figures);
    }

    /** Trains on the pairs outside the fold; returns the run directory. */
    private Path train(StoryTask task, StoryFold fold, int index) throws IOException {
        Path directory = out.resolve("fold-" + index);
        Path train = directory.resolve("pairs.jsonl");
        task.writeTraining(fold, train);
        return stories.train(err(), train, directory.resolve("run"), seed + index, changes);
    }

    private void compare(StoryTask task, Path run, List<String> prompts, int index, Outcome outcome) {
        List<Generated> before = task.sample(task.base(), prompts, samples, seed + index);
        List<Generated> after = task.sample(model(run, "ppo"), prompts, samples, seed + index);
        outcome.prompts.addAll(prompts);
        outcome.before.add(task.scores(before));
        outcome.after.add(task.scores(after));
        try (CausalLm original = Checkpoints.loadCausal(task.base());
                CausalLm reference = Checkpoints.loadCausal(model(run, "sft"))) {
            double[] underOriginal = CompletionLikelihood.logProbabilities(original, after);
            outcome.kl.add(
                    CompletionLikelihood.divergence(after, CompletionLikelihood.logProbabilities(reference, after)));
            outcome.klFromBase.add(CompletionLikelihood.divergence(after, underOriginal));
            outcome.ownLoss -= sum(CompletionLikelihood.logProbabilities(original, before));
            outcome.ownTokens += CompletionLikelihood.tokens(before);
            outcome.policyLoss -= sum(underOriginal);
            outcome.policyTokens += CompletionLikelihood.tokens(after);
        }
    }

    private static Path model(Path run, String stage) {
        return run.resolve(stage).resolve("model");
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    /** The results of all folds, one value per completion. */
    private static final class Outcome {
        private final List<String> prompts = new ArrayList<>();
        private final List<double[]> before = new ArrayList<>();
        private final List<double[]> after = new ArrayList<>();
        private final List<double[]> kl = new ArrayList<>();
        private final List<double[]> klFromBase = new ArrayList<>();
        private double ownLoss;
        private double policyLoss;
        private long ownTokens;
        private long policyTokens;

        void report(Figures figures) {
            double[] scoresBefore = joined(before);
            double[] scoresAfter = joined(after);
            double[] gains = new double[scoresAfter.length];
            Arrays.setAll(gains, i -> scoresAfter[i] - scoresBefore[i]);
            double own = Math.exp(ownLoss / ownTokens);
            double policys = Math.exp(policyLoss / policyTokens);
            figures.add("held-out prompts", prompts.size(), Target.NONE, String.join(" ", prompts))
                    .add("score before", Summary.mean(scoresBefore), Target.NONE, byFold(before))
                    .add("score after", Summary.mean(scoresAfter), Target.NONE, byFold(after))
                    .add(
                            "gain",
                            Summary.mean(gains),
                            Target.atLeast(1),
                            Bootstrap.mean(gains, 1).interval().describe())
                    .add(
                            "sequence KL, nats",
                            Summary.mean(joined(kl)),
                            Target.under(10),
                            "against the SFT model, the penalty's reference; by run " + byFold(kl))
                    .add(
                            "sequence KL from the base, nats",
                            Summary.mean(joined(klFromBase)),
                            Target.NONE,
                            byFold(klFromBase))
                    .add("perplexity of the base's completions", own, Target.NONE, "under the base")
                    .add("perplexity of the policy's completions", policys, Target.NONE, "under the base")
                    .add("ratio of the perplexities", policys / own, Target.atMost(1.3));
        }

        private static String byFold(List<double[]> folds) {
            return folds.stream()
                    .map(fold -> String.format(Locale.ROOT, "%.2f", Summary.mean(fold)))
                    .collect(Collectors.joining(", "));
        }

        private static double[] joined(List<double[]> folds) {
            return folds.stream().flatMapToDouble(Arrays::stream).toArray();
        }
    }
}
