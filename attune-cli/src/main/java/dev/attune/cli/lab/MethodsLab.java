package dev.attune.cli.lab;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.Summary;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.advantage.BestOfGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune lab methods}: what each method gains from the same preferences, against how far it moves. */
@Command(
        name = "methods",
        description = {
            "Train PPO, GRPO, RLOO, best-of-n fine-tuning, online DPO and DPO from one SFT model on the stories, each with several"
                    + " strengths of its penalty. Sample from each policy on held-out prompts, and print the score's gain, the"
                    + " reward model's score and the KL from the SFT model.",
            "Best of n at sampling needs no training; its KL is the bound log n - (n - 1) / n."
        },
        footer = {"", "Example:", "  attune lab methods --evidence docs/evidence/methods.txt"})
final class MethodsLab extends LabCommand {
    private static final int[] BEST_OF = {1, 2, 4, 8, 16, 64};
    private static final int FOLD = 0;

    @Mixin
    private StoryOptions stories;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-methods",
            description = "Directory of the runs (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "256",
            description = "Samples per held-out prompt (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "11",
            description = "Seed of the runs (default: ${DEFAULT-VALUE}).")
    private long seed;

    /**
     * A method with the settings that differ from the others'.
     *
     * @param strength the line of the recipe with the setting that is varied, with {@code %s} in its place
     */
    private record Method(String name, List<String> values, String strength, String further) {
        /** What all on-policy methods have: the same number of sampled completions. */
        private static final String SAMPLED = """
                reward: [{model: REWARD, weight: 1.0}]
                generation: {max_new_tokens: 48, temperature: 1.0}
                batch: {rollouts: 64, micro: 64}
                steps: 22
                optimizer: {learning_rate: 3e-4, schedule: linear}
                """;

        static Method sampled(String name, List<String> values, String strength, String further) {
            return new Method(name, values, strength, SAMPLED + further);
        }

        String recipe(String value) {
            return "method: " + name + "\nmodel: MODEL\ndata: {path: PAIRS, on_fault: drop}\nevaluate: {every: 0}\n"
                    + String.format(Locale.ROOT, strength, value) + "\n" + further;
        }
    }

    private static final List<Method> METHODS = List.of(
            Method.sampled(
                    "ppo",
                    List.of("0.3", "0.1", "0.03"),
                    "kl: {placement: reward, coefficient: %s, estimator: k1}",
                    "ppo: {epochs: 2, minibatches: 2, missing_eos: null}\n"),
            Method.sampled(
                    "grpo",
                    List.of("0.3", "0.1", "0.03"),
                    "grpo: {num_generations: 8, num_iterations: 2, beta: %s}",
                    ""),
            Method.sampled(
                    "rloo",
                    List.of("0.3", "0.1", "0.03"),
                    "rloo: {num_generations: 8, num_iterations: 2, beta: %s}",
                    ""),
            Method.sampled(
                    "best_of_n", List.of("2", "8", "32"), "best_of_n: {num_generations: %s, num_iterations: 2}", ""),
            Method.sampled(
                    "online_dpo", List.of("0.5", "0.1", "0.03"), "online_dpo: {num_generations: 2, beta: %s}", ""),
            new Method(
                    "dpo",
                    List.of("0.5", "0.1", "0.03"),
                    "dpo: {loss: sigmoid, beta: %s}",
                    "batch: {rows: 16, micro: 16}\nepochs: 4\noptimizer: {learning_rate: 1e-4, schedule: linear}\n"));

    /** Where the SFT model, the reward model and the training pairs are. */
    private record Start(Path model, Path reward, Path pairs) {}

    @Override
    void measure(Figures figures) throws IOException {
        StoryTask task = stories.task();
        StoryFold fold = task.fold(FOLD);
        Start start = start(task, fold);
        List<String> prompts = task.unseen(fold);
        figures.add("held-out prompts", prompts.size(), Target.NONE, String.join(" ", prompts));
        bestOfN(task, start, prompts, figures);
        for (Method method : METHODS) {
            for (String value : method.values()) {
                Path run = train(method, value, start);
                List<Generated> completions = task.sample(run.resolve("model"), prompts, samples, seed);
                add(
                        figures,
                        method.name() + " " + value,
                        scored(task, start, prompts, completions),
                        kl(start, completions));
            }
        }
    }

    private Start start(StoryTask task, StoryFold fold) throws IOException {
        Path train = out.resolve("pairs.jsonl");
        task.writeTraining(fold, train);
        Path run = out.resolve("start");
        stories.train(err(), train, run, seed, List.of());
        return new Start(run.resolve("sft/model"), run.resolve("reward/model"), train);
    }

    private Path train(Method method, String value, Start start) throws IOException {
        String name = method.name() + "-" + value;
        Path recipe = out.resolve(name + ".yaml");
        AtomicFiles.write(
                recipe,
                method.recipe(value)
                        .replace("MODEL", start.model.toString())
                        .replace("REWARD", start.reward.toString())
                        .replace("PAIRS", start.pairs.toString()));
        return LabRuns.train(err(), List.of(recipe.toString(), "out=" + out.resolve(name), "seed=" + seed));
    }

    /** Two scores of the same completions: the rule's, which is the truth here, and the reward model's. */
    private record Scores(double[] gold, double[] proxy) {}

    private Scores scored(StoryTask task, Start start, List<String> prompts, List<Generated> completions) {
        List<String> texts = task.texts(completions);
        int each = texts.size() / prompts.size();
        List<PromptCompletion> judged = IntStream.range(0, texts.size())
                .mapToObj(i -> new PromptCompletion(Prompt.text(prompts.get(i / each)), texts.get(i)))
                .toList();
        try (ScoringModel reward = LocalScoringModel.open(start.reward, ConversationOptions.DEFAULT)) {
            return new Scores(texts.stream().mapToDouble(StoryTask::score).toArray(), reward.score(judged));
        }
    }

    private static Estimate kl(Start start, List<Generated> completions) {
        try (CausalLm reference = Checkpoints.loadCausal(start.model)) {
            return Bootstrap.mean(
                    CompletionLikelihood.divergence(
                            completions, CompletionLikelihood.logProbabilities(reference, completions)),
                    1);
        }
    }

    private static void add(Figures figures, String name, Scores scores, Estimate kl) {
        figures.add(
                name + ": score",
                Summary.mean(scores.gold),
                Target.NONE,
                row(scores) + ", KL "
                        + String.format(
                                Locale.ROOT,
                                "%.2f %s",
                                kl.value(),
                                kl.interval().describe()));
    }

    private static String row(Scores scores) {
        return Bootstrap.mean(scores.gold, 1).interval().describe()
                + String.format(Locale.ROOT, ", reward model %.2f", Summary.mean(scores.proxy));
    }

    /** The best of every n consecutive samples of the SFT model, by the reward model. */
    private void bestOfN(StoryTask task, Start start, List<String> prompts, Figures figures) {
        int largest = BEST_OF[BEST_OF.length - 1];
        List<Generated> completions = task.sample(start.model, prompts, samples * largest / 8, seed);
        Scores all = scored(task, start, prompts, completions);
        for (int n : BEST_OF) {
            Scores best = best(all, n);
            figures.add(
                    "best of " + n + ": score",
                    Summary.mean(best.gold),
                    Target.NONE,
                    row(best) + String.format(Locale.ROOT, ", KL at most %.2f", BestOfGroup.klBound(n)));
        }
    }

    private static Scores best(Scores all, int n) {
        int[] chosen = IntStream.range(0, all.proxy.length / n)
                .map(group -> IntStream.range(group * n, (group + 1) * n)
                        .reduce((a, b) -> all.proxy[b] > all.proxy[a] ? b : a)
                        .orElseThrow())
                .toArray();
        return new Scores(
                IntStream.of(chosen).mapToDouble(i -> all.gold[i]).toArray(),
                IntStream.of(chosen).mapToDouble(i -> all.proxy[i]).toArray());
    }
}
