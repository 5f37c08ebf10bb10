package dev.attune.cli.lab;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.feedback.Preference;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.generation.Generated;
import dev.attune.model.local.LocalTextModel;
import dev.attune.model.transformer.CausalLm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab stories}: happier stories at bounded KL, on names and beginnings that no stage has seen. */
@Command(
        name = "stories",
        description = {
            "Run the recipe stories (SFT, reward model, PPO) on pairs without two names and two beginnings, then sample from"
                    + " base and policy on prompts that hold one of each.",
            "The score counts happy words minus sad ones: a rule that stands in for readers. Training sees it only through"
                    + " the stored pairs."
        },
        footer = {"", "Example:", "  attune lab stories --evidence docs/evidence/stories.txt"})
final class StoriesLab extends LabCommand {
    private static final Set<String> HAPPY = Set.of(
            "happy", "smiled", "fun", "love", "loved", "laughed", "hugged", "friends", "nice", "good", "proud", "kind");
    private static final Set<String> SAD =
            Set.of("sad", "cried", "scared", "angry", "hurt", "lost", "mad", "afraid", "bad", "mean");
    private static final int HELD_OUT = 2;
    private static final int TOKENS = 48;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            defaultValue = "../shared/data/stories/pairs.jsonl",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path pairs;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "../shared/models/stories260K",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path base;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-stories",
            description = "Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--samples",
            defaultValue = "64",
            description = "Of each held-out prompt (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(names = "--seed", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @picocli.CommandLine.Parameters(
            arity = "0..*",
            paramLabel = "STAGE.key=value",
            description = "Changes to the recipe.")
    private List<String> changes = new ArrayList<>();

    @Override
    String labName() {
        return "stories";
    }

    @Override
    void measure(Figures figures) throws IOException {
        List<Preference> all = Dataset.read(pairs, ReadOptions.defaults()).rowsOf(Row.PreferenceRow.class).stream()
                .map(Row.PreferenceRow::preference)
                .toList();
        Set<String> names = last(all, StoriesLab::name);
        Set<String> beginnings = last(all, StoriesLab::beginning);
        Predicate<String> seen = prompt -> !names.contains(name(prompt)) && !beginnings.contains(beginning(prompt));
        Path train = out.resolve("pairs.jsonl");
        AtomicFiles.write(
                train,
                all.stream()
                        .filter(pair -> seen.test(text(pair)))
                        .map(StoriesLab::line)
                        .collect(Collectors.joining()));
        List<String> arguments = new ArrayList<>(List.of("stories", "out=" + out.resolve("run"), "seed=" + seed));
        for (String stage : List.of("sft", "reward", "ppo")) {
            arguments.add(stage + ".data.path=" + train);
        }
        arguments.add("sft.model=" + base);
        arguments.addAll(changes);
        Path run = Runs.train(err(), arguments);
        List<String> unseen = new TreeSet<>(all.stream().map(StoriesLab::text).toList())
                .stream()
                        .filter(prompt -> names.contains(name(prompt)) && beginnings.contains(beginning(prompt)))
                        .toList();
        compare(figures, unseen, model(run, "ppo"), model(run, "sft"));
    }

    private static Path model(Path run, String stage) {
        return run.resolve(stage).resolve("model");
    }

    private void compare(Figures figures, List<String> prompts, Path policy, Path sft) {
        List<Generated> before = sample(base, prompts);
        List<Generated> after = sample(policy, prompts);
        double[] scoresBefore = scores(before);
        double[] scoresAfter = scores(after);
        double[] gains = new double[scoresAfter.length];
        Arrays.setAll(gains, i -> scoresAfter[i] - scoresBefore[i]);
        figures.add("prompts, none of them seen", prompts.size(), Target.NONE, prompts.toString());
        figures.add("score before", mean(scoresBefore), Target.NONE);
        figures.add("score after", mean(scoresAfter), Target.NONE);
        figures.add(
                "gain",
                mean(gains),
                Target.atLeast(1),
                Bootstrap.mean(gains, 1).interval().describe());
        try (CausalLm reference = Checkpoints.loadCausal(sft);
                CausalLm original = Checkpoints.loadCausal(base)) {
            double[] underReference = Completions.logProbabilities(reference, after);
            double[] kl = new double[underReference.length];
            Arrays.setAll(kl, i -> after.get(i).logProbability() - underReference[i]);
            figures.add(
                    "sequence KL, nats", mean(kl), Target.under(10), "against the SFT model, the penalty's reference");
            double own = perplexity(original, before);
            double policys = perplexity(original, after);
            figures.add("perplexity of the base's completions", own, Target.NONE, "under the base");
            figures.add("perplexity of the policy's completions", policys, Target.NONE, "under the base");
            figures.add("their ratio", policys / own, Target.atMost(1.3));
        }
    }

    private List<Generated> sample(Path directory, List<String> prompts) {
        try (LocalTextModel model = LocalTextModel.open(directory)) {
            List<int[]> tokens = prompts.stream()
                    .flatMap(prompt ->
                            Collections.nCopies(samples, model.encoder().encode(Prompt.text(prompt))).stream())
                    .toList();
            return model.generator().generate(tokens, SamplingOptions.sampling(TOKENS, 1), seed);
        }
    }

    private double[] scores(List<Generated> completions) {
        try (LocalTextModel model = LocalTextModel.open(base)) {
            return completions.stream()
                    .mapToDouble(one -> score(model.tokenizer().decode(one.content())))
                    .toArray();
        }
    }

    /** Happy words minus sad words, lower-cased. */
    static int score(String text) {
        int score = 0;
        for (String word : text.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+", -1)) {
            score += HAPPY.contains(word) ? 1 : SAD.contains(word) ? -1 : 0;
        }
        return score;
    }

    private static double perplexity(CausalLm model, List<Generated> completions) {
        double sum =
                Arrays.stream(Completions.logProbabilities(model, completions)).sum();
        return Math.exp(-sum / Completions.tokens(completions));
    }

    private static Set<String> last(List<Preference> pairs, java.util.function.UnaryOperator<String> part) {
        List<String> parts = new ArrayList<>(
                new TreeSet<>(pairs.stream().map(pair -> part.apply(text(pair))).toList()));
        return Set.copyOf(parts.subList(Math.max(0, parts.size() - HELD_OUT), parts.size()));
    }

    private static String text(Preference pair) {
        return pair.prompt() instanceof Prompt.Text text ? text.text() : "";
    }

    private static String name(String prompt) {
        return prompt.split(" ", 2)[0];
    }

    private static String beginning(String prompt) {
        return prompt.contains(" ") ? prompt.split(" ", 2)[1] : "";
    }

    private static String line(Preference pair) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("prompt", text(pair));
        line.put("chosen", pair.chosen());
        line.put("rejected", pair.rejected());
        return Json.line(line) + "\n";
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
