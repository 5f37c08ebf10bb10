package dev.attune.cli.lab;

import dev.attune.cli.lab.overoptimisation.Answer;
import dev.attune.cli.lab.overoptimisation.Answers;
import dev.attune.cli.lab.overoptimisation.GoldPairs;
import dev.attune.cli.quickstart.QuestionMix;
import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.ScoringModel;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import dev.attune.world.WorldPrompt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sampling and training of the over-optimisation lab; everything complete in its folder is used again. */
record OveroptimisationRuns(PrintWriter err, OveroptimisationOptions options) {
    /** Prompts that are sampled for pairs at a time. */
    private static final int CHUNK = 280;

    private static final int ANSWERS_PER_PROMPT = 4;
    private static final int PPO_PROMPTS = 700;
    private static final double LEARNING_RATE_TIMES_WIDTH = 0.08;
    private static final long PAIRS = 1000;
    private static final long BEST_OF_N = 2000;
    private static final long PPO = 3000;

    private static final String REWARD_RECIPE = """
            method: reward
            model: "%s"
            data: {path: "%s", format: prompt/chosen/rejected, max_length: 256}
            batch: {rows: 16, micro: 16}
            epochs: 2
            optimizer: {learning_rate: %s, schedule: cosine, max_grad_norm: 1.0}
            evaluate: {every: 0, split: 0}
            checkpoint: {every: 0}
            """;

    private static final String PPO_RECIPE = """
            method: ppo
            model: "%1$s"
            reference: "%1$s"
            reward:
              - {model: "%2$s", weight: 1.0, name: proxy}
              - {class: GoldReward, weight: 0, name: gold}
            data: {path: "%3$s", format: prompts, max_length: 256}
            generation: {max_new_tokens: %4$d, temperature: 1.0}
            batch: {rollouts: %5$d, micro: %5$d}
            critic: {init: policy, shared: true}
            ppo: {epochs: 1, minibatches: 2, value_coefficient: 0.1}
            kl: {placement: reward, coefficient: 0, estimator: k1}
            optimizer: {learning_rate: 7e-4, schedule: constant, max_grad_norm: 1.0}
            evaluate: {every: 0, split: 0}
            checkpoint: {every: 10, keep: 1}
            rollouts: {every: 0}
            steps: %6$d
            """;

    /**
     * Notes the settings on which files depend that are used again.
     *
     * @throws BadInputException if the folder has files of other settings
     */
    void requireSameSettings() throws IOException {
        Path file = folder("settings.json");
        String settings = Json.pretty(new TreeMap<>(Map.of(
                "seed", options.seed,
                "noise", options.noise,
                "pretrain_steps", options.pretrainSteps,
                "prompts", options.prompts,
                "samples", options.samples)));
        if (!Files.exists(file)) {
            AtomicFiles.write(file, settings);
        } else if (!Files.readString(file).equals(settings)) {
            throw BadInputException.at(
                    file.toString(),
                    "other settings",
                    "those of this command",
                    "give the same options, or write elsewhere with --out");
        }
    }

    /** The initial policy. */
    Path policy() {
        return ProxySize.of("built-in").backbone(err, folder("backbones"), 0, options.seed);
    }

    Path backbone(ProxySize size) {
        return size.backbone(err, folder("backbones"), options.pretrainSteps, options.seed);
    }

    private Path folder(String name) {
        return options.out.resolve(name);
    }

    /** The completions from which best of n chooses. */
    List<Answer> answers() throws IOException {
        err.println("sampling answers for best of n");
        List<WorldPrompt> prompts = QuestionMix.sample(options.prompts, options.seed + BEST_OF_N);
        return new Answers(policy()).sample(folder("answers.jsonl"), prompts, options.samples, options.seed);
    }

    /** Files of pairs; a smaller one is the beginning of a larger one. */
    Path pairs(int count) throws IOException {
        Path file = folder("pairs-" + count + ".jsonl");
        if (!Files.exists(file)) {
            AtomicFiles.write(file, Json.lines(allPairs().subList(0, count)));
        }
        return file;
    }

    private List<GoldPairs.Pair> allPairs() throws IOException {
        int wanted = Collections.max(options.pairs);
        List<GoldPairs.Pair> pairs = new ArrayList<>();
        for (int chunk = 0; pairs.size() < wanted; chunk++) {
            long seed = options.seed + PAIRS + chunk;
            err.println("sampling answers for pairs, " + pairs.size() + " of " + wanted + " pairs");
            List<Answer> answers = new Answers(policy())
                    .sample(
                            folder("pairs/answers-" + chunk + ".jsonl"),
                            QuestionMix.sample(CHUNK, seed),
                            ANSWERS_PER_PROMPT,
                            seed);
            pairs.addAll(new GoldPairs(options.noise, seed).of(answers));
        }
        return pairs;
    }

    /** Trains a reward model; returns its directory. The learning rate is inverse to the hidden size. */
    Path reward(ProxySize size, int pairs) throws IOException {
        Path backbone = backbone(size);
        double rate = LEARNING_RATE_TIMES_WIDTH / Checkpoints.config(backbone).width();
        String recipe = REWARD_RECIPE.formatted(backbone, pairs(pairs), rate);
        return train("reward-" + size.name() + "-" + pairs, recipe).resolve("model");
    }

    /** Trains a policy with PPO and without a KL penalty; returns its run directory. */
    Path ppo(String name, Path reward) throws IOException {
        Path prompts = folder("ppo-prompts.jsonl");
        if (!Files.exists(prompts)) {
            AtomicFiles.write(
                    prompts,
                    Json.lines(QuestionMix.sample(PPO_PROMPTS, options.seed + PPO).stream()
                            .map(prompt -> Map.of("prompt", prompt.toPrompt()))
                            .toList()));
        }
        String recipe = PPO_RECIPE.formatted(
                policy(), reward, prompts, Answers.MAX_NEW_TOKENS, options.rollouts, options.steps);
        return train("ppo-" + name, recipe);
    }

    private Path train(String name, String recipe) throws IOException {
        Path file = folder(name + ".yaml");
        AtomicFiles.write(file, recipe);
        err.println(name);
        return LabRuns.train(err, List.of(file.toString(), "out=" + folder(name), "seed=" + options.seed));
    }

    /** A reward model's score of each answer. */
    double[] scores(String name, Path reward, List<Answer> answers) throws IOException {
        Path file = folder("scores-" + name + ".json");
        if (!Files.exists(file)) {
            err.println("scoring answers: " + name);
            try (ScoringModel model = LocalScoringModel.open(reward, ConversationOptions.DEFAULT)) {
                AtomicFiles.write(
                        file,
                        Json.line(
                                model.score(answers.stream().map(Answer::sample).toList())));
            }
        }
        return Json.records().readValue(Files.readString(file), double[].class);
    }
}
