package dev.attune.cli.lab;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.Row;
import dev.attune.core.data.Split;
import dev.attune.core.data.Splits;
import dev.attune.core.feedback.Preference;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.stats.BagOfWords;
import dev.attune.core.stats.Bootstrap;
import dev.attune.core.stats.Estimate;
import dev.attune.core.stats.LengthBaseline;
import dev.attune.core.stats.PreferenceBaseline;
import dev.attune.core.stats.Summary;
import dev.attune.core.text.PromptCompletion;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.local.LocalScoringModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Evaluates a recipe for reward models on the harmlessness preferences of hh-rlhf against two baselines. */
abstract class HarmlessLab extends LabCommand {
    private final String recipe;
    private final int defaultSeeds;
    private final double minAccuracy;
    private final double maxMinutes;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data/hh-harmless",
            description = "Directory of train.jsonl.gz and validation.jsonl.gz (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory of the runs (default: runs/lab-NAME).")
    private @Nullable Path out;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Number of runs, each with its own seed (default: 3 from scratch, 1 on SmolLM2).")
    private @Nullable Integer seeds;

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "0",
            description = "Number of folds for cross-validation on the training file (default: 0, none).")
    private int folds;

    @picocli.CommandLine.Parameters(
            arity = "0..*",
            paramLabel = "key=value",
            description = "Overrides of the recipe's settings.")
    private List<String> changes = new ArrayList<>();

    /**
     * @param recipe the name of the built-in recipe
     * @param minAccuracy the target of the mean accuracy on the validation file
     * @param maxMinutes the target of the longest training run
     */
    HarmlessLab(String recipe, int defaultSeeds, double minAccuracy, double maxMinutes) {
        this.recipe = recipe;
        this.defaultSeeds = defaultSeeds;
        this.minAccuracy = minAccuracy;
        this.maxMinutes = maxMinutes;
    }

    /** Settings that every run of the recipe gets, as key=value. */
    List<String> settings() {
        return List.of();
    }

    @Override
    void measure(Figures figures) throws IOException {
        if (folds > 0) {
            crossValidate(figures);
            return;
        }
        List<Double> minutes = new ArrayList<>();
        List<Path> models = new ArrayList<>();
        int runs = seeds == null ? defaultSeeds : seeds;
        for (int seed = 1; seed <= runs; seed++) {
            long started = System.nanoTime();
            models.add(train(data.resolve("train.jsonl.gz"), "seed-" + seed, seed));
            minutes.add((System.nanoTime() - started) / 60e9);
        }
        List<Preference> train = pairs(data.resolve("train.jsonl.gz"));
        List<Preference> validation = pairs(data.resolve("validation.jsonl.gz"));
        double[] mean = new double[validation.size()];
        for (int i = 0; i < models.size(); i++) {
            double[] right = right(models.get(i), validation);
            figures.add("seed " + (i + 1) + ": accuracy", Summary.mean(right), Target.NONE, describe(right));
            for (int j = 0; j < right.length; j++) {
                mean[j] += right[j] / models.size();
            }
        }
        figures.add(
                "mean accuracy",
                Summary.mean(mean),
                Target.atLeast(minAccuracy),
                describe(mean) + " over " + mean.length + " pairs");
        baseline(figures, "length alone", LengthBaseline.fit(train), validation);
        BagOfWords words = BagOfWords.fit(train);
        baseline(figures, "bag of words", words, validation);
        aboveBagOfWords(figures, mean, words, validation);
        figures.add(
                "minutes to train, longest",
                minutes.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                Target.atMost(maxMinutes));
    }

    private Path train(Path file, String name, int seed) throws IOException {
        Path run = folder().resolve(name);
        List<String> arguments = new ArrayList<>(List.of(
                recipe, "data.path=" + file, "seed=" + seed, "evaluate.split=0", "evaluate.every=0", "out=" + run));
        arguments.addAll(settings());
        arguments.addAll(changes);
        return LabRuns.train(err(), arguments).resolve("model");
    }

    private void crossValidate(Figures figures) throws IOException {
        List<Row.PreferenceRow> rows = Dataset.read(data.resolve("train.jsonl.gz"), ReadOptions.defaults())
                .rowsOf(Row.PreferenceRow.class);
        List<Double> rightOnes = new ArrayList<>();
        List<Double> words = new ArrayList<>();
        int number = 0;
        for (Split<Row.PreferenceRow> split : Splits.foldsByPrompt(rows, folds, 1)) {
            String fold = "fold-" + ++number + "-" + Integer.toHexString(changes.hashCode());
            Path file = folder().resolve(fold + ".jsonl");
            AtomicFiles.write(
                    file, split.train().stream().map(HarmlessLab::line).collect(Collectors.joining()));
            List<Preference> held =
                    split.heldOut().stream().map(Row.PreferenceRow::preference).toList();
            double[] right = right(train(file, fold, number), held);
            Arrays.stream(right).forEach(rightOnes::add);
            BagOfWords bag = BagOfWords.fit(
                    split.train().stream().map(Row.PreferenceRow::preference).toList());
            held.forEach(pair -> words.add(bag.margin(pair) > 0 ? 1.0 : 0.0));
            figures.add("fold " + number + ": accuracy", Summary.mean(right), Target.NONE, describe(right));
        }
        double[] all = rightOnes.stream().mapToDouble(Double::doubleValue).toArray();
        double[] bag = words.stream().mapToDouble(Double::doubleValue).toArray();
        figures.add("cross-validated accuracy", Summary.mean(all), Target.NONE, describe(all));
        figures.add("bag of words, the same folds", Summary.mean(bag), Target.NONE, describe(bag));
    }

    private static String line(Row.PreferenceRow row) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("prompt", row.prompt().messages());
        line.put("chosen", row.preference().chosen());
        line.put("rejected", row.preference().rejected());
        return Json.line(line) + "\n";
    }

    private static List<Preference> pairs(Path file) {
        return Dataset.read(file, ReadOptions.defaults()).preferences();
    }

    /** 1 for each pair whose chosen side scores strictly higher. */
    private static double[] right(Path model, List<Preference> pairs) {
        List<PromptCompletion> samples = new ArrayList<>();
        for (Preference pair : pairs) {
            samples.add(new PromptCompletion(pair.prompt(), pair.chosen()));
            samples.add(new PromptCompletion(pair.prompt(), pair.rejected()));
        }
        try (ScoringModel scoring = LocalScoringModel.open(model, ConversationOptions.DEFAULT)) {
            double[] scores = scoring.score(samples);
            double[] right = new double[pairs.size()];
            Arrays.setAll(right, i -> scores[2 * i] > scores[2 * i + 1] ? 1 : 0);
            return right;
        }
    }

    private static void baseline(Figures figures, String name, PreferenceBaseline baseline, List<Preference> pairs) {
        Estimate accuracy = baseline.accuracy(pairs);
        figures.add(name, accuracy.value(), Target.NONE, accuracy.interval().describe());
    }

    /** The difference in accuracy between the model and the bag of words, on the same pairs. */
    private static void aboveBagOfWords(Figures figures, double[] right, BagOfWords words, List<Preference> pairs) {
        double[] difference = new double[pairs.size()];
        Arrays.setAll(difference, i -> right[i] - (words.margin(pairs.get(i)) > 0 ? 1 : 0));
        figures.add("accuracy above the bag of words", Summary.mean(difference), Target.NONE, describe(difference));
    }

    private Path folder() {
        return out == null ? Path.of("runs", "lab-" + recipe) : out;
    }

    private static String describe(double[] values) {
        return Bootstrap.mean(values, 1).interval().describe();
    }
}
